import { ref } from 'vue'

export type Theme = 'light' | 'dark'

/** A theme for good, or whichever the system has. */
export type ThemeChoice = Theme | 'system'

const KEPT_AS = 'rondo.theme'
const root = document.documentElement

export const theme = ref<Theme>(root.dataset.theme === 'dark' ? 'dark' : 'light')

export const themeChoice = ref<ThemeChoice>(kept() ?? 'system')

function kept(): Theme | null {
  try {
    const found = localStorage.getItem(KEPT_AS)
    return found === 'light' || found === 'dark' ? found : null
  } catch {
    return null
  }
}

function apply(next: Theme): void {
  theme.value = next
  root.dataset.theme = next
}

const system = (): MediaQueryList => matchMedia('(prefers-color-scheme: dark)')
const themeOf = ({ matches }: { readonly matches: boolean }): Theme => (matches ? 'dark' : 'light')

/** Changes to a theme, and keeps the choice in this browser. */
export function chooseTheme(choice: ThemeChoice): void {
  themeChoice.value = choice
  apply(choice === 'system' ? themeOf(system()) : choice)
  try {
    if (choice === 'system') localStorage.removeItem(KEPT_AS)
    else localStorage.setItem(KEPT_AS, choice)
  } catch {
    // Not kept then; the choice still holds for this page.
  }
}

/** Changes to the other theme. */
export function toggleTheme(): void {
  chooseTheme(theme.value === 'dark' ? 'light' : 'dark')
}

/** Until someone chooses, the page follows the system. */
export function followSystem(): void {
  system().addEventListener('change', (event) => {
    if (themeChoice.value === 'system') apply(themeOf(event))
  })
}
