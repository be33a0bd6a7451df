import { ref } from 'vue'

export type Theme = 'light' | 'dark'

const root = document.documentElement

export const theme = ref<Theme>(root.dataset.theme === 'dark' ? 'dark' : 'light')

function kept(): string | null {
  try {
    return localStorage.getItem('rondo.theme')
  } catch {
    return null
  }
}

function apply(next: Theme): void {
  theme.value = next
  root.dataset.theme = next
}

/** Switches and keeps the choice in this browser. */
export function toggleTheme(): void {
  apply(theme.value === 'dark' ? 'light' : 'dark')
  try {
    localStorage.setItem('rondo.theme', theme.value)
  } catch {
    // Not kept then; the choice still holds for this page.
  }
}

/** Until someone chooses, the page follows the system. */
export function followSystem(): void {
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', (event) => {
    if (kept() === null) apply(event.matches ? 'dark' : 'light')
  })
}
