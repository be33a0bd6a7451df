import { afterEach, beforeEach, expect, test, vi } from 'vitest'

type Listener = (event: { matches: boolean }) => void

let dataset: { theme?: string }
let kept: Map<string, string>
let dark: boolean
let changed: Listener

beforeEach(() => {
  vi.resetModules()
  dataset = { theme: 'light' }
  kept = new Map()
  dark = false
  // Vue makes an element when it is loaded beside a document.
  vi.stubGlobal('document', { documentElement: { dataset }, createElement: () => ({}) })
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  })
  vi.stubGlobal('matchMedia', () => ({
    matches: dark,
    addEventListener: (_: string, listener: Listener) => (changed = listener),
  }))
})

afterEach(() => vi.unstubAllGlobals())

function refuse(): never {
  throw new Error('denied')
}

/** As at the start of a page. */
const load = () => import('../src/theme')

function systemIs(nowDark: boolean): void {
  dark = nowDark
  changed({ matches: nowDark })
}

test('a chosen theme is kept, and the system changes nothing any more', async () => {
  const { chooseTheme, followSystem, themeChoice } = await load()
  followSystem()
  expect(themeChoice.value).toBe('system')
  chooseTheme('light')
  systemIs(true)
  expect(dataset.theme).toBe('light')
  expect(kept.get('rondo.theme')).toBe('light')
})

test('the choice may go back to the system, at once and for the next page', async () => {
  kept.set('rondo.theme', 'light')
  const { chooseTheme, followSystem, theme, themeChoice } = await load()
  followSystem()
  expect(themeChoice.value).toBe('light')
  dark = true
  chooseTheme('system')
  expect([theme.value, dataset.theme]).toEqual(['dark', 'dark'])
  expect(kept.size).toBe(0)
  systemIs(false)
  expect(dataset.theme).toBe('light')
})

test('the switch changes to the other theme, whatever was chosen', async () => {
  const { toggleTheme, theme, themeChoice } = await load()
  toggleTheme()
  expect([theme.value, themeChoice.value, kept.get('rondo.theme')]).toEqual([
    'dark',
    'dark',
    'dark',
  ])
})

test('where nothing can be kept, the choice holds for the page', async () => {
  vi.stubGlobal('localStorage', { getItem: refuse, setItem: refuse, removeItem: refuse })
  const { chooseTheme, followSystem } = await load()
  followSystem()
  chooseTheme('light')
  systemIs(true)
  expect(dataset.theme).toBe('light')
})
