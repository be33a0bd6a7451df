import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { degraded } from '../test/mock/scenarios'
import { expect, open, test } from './cluster'

const AXE = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8')
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const PAGES = ['/', '/ring?key=alpha', '/nodes', '/nodes/1', '/keys/alpha', '/console']
const ALL = [...PAGES, '/metrics', '/activity']

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[]
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  const found = await page.evaluate(async (tags) => {
    const { axe } = window as unknown as {
      axe: { run(on: Document, options: object): Promise<{ violations: Violation[] }> }
    }
    return (await axe.run(document, { runOnly: { type: 'tag', values: tags } })).violations
  }, TAGS)
  return found.map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`)
}

for (const scheme of ['light', 'dark'] as const) {
  for (const hash of ALL) {
    test(`${hash} in ${scheme} has no finding of axe`, async ({ page, cluster, complaints }) => {
      degraded(cluster)
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
      await open(page, cluster, hash)
      await expect(page.locator('main')).not.toBeEmpty()
      await page.waitForLoadState('networkidle')
      expect(await violations(page)).toEqual([])
      expect(complaints).toEqual([])
    })
  }
}

for (const width of [320, 390, 768, 1024, 1600]) {
  test(`nothing scrolls sideways at ${width}`, async ({ page, cluster }) => {
    degraded(cluster)
    await page.setViewportSize({ width, height: 844 })
    for (const hash of ALL) {
      await open(page, cluster, hash)
      await page.waitForLoadState('networkidle')
      const wide = await page.evaluate(() => document.documentElement.scrollWidth)
      expect(wide, hash).toBeLessThanOrEqual(width)
    }
  })
}

test('the theme follows the system, is kept when chosen, and stands before the first paint', async ({
  page,
  cluster,
}) => {
  await page.emulateMedia({ colorScheme: 'dark' })
  await open(page, cluster)
  const body = page.locator('body')
  await expect(body).toHaveCSS('background-color', 'rgb(9, 13, 21)')
  await page.emulateMedia({ colorScheme: 'light' })
  await expect(body).toHaveCSS('background-color', 'rgb(243, 245, 250)')
  await page.keyboard.press('t')
  await expect(body).toHaveCSS('background-color', 'rgb(9, 13, 21)')
  await page.route('**/assets/*.js', (route) => route.abort())
  await page.reload({ waitUntil: 'commit' })
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
})

test('with reduced motion nothing moves', async ({ page, cluster }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await open(page, cluster)
  degraded(cluster)
  cluster.state.work = [{ kind: 'recovery', worker: 1, done: 1, total: 9, unit: 'ranges', rate: 1 }]
  cluster.publish()
  await page.locator('[data-test=work]').waitFor()
  const running = await page.evaluate(
    () => document.getAnimations().filter((one) => one.playState === 'running').length,
  )
  expect(running).toBe(0)
})

test('the whole flow works by keyboard', async ({ page, cluster }) => {
  await open(page, cluster)
  await page.keyboard.press('g')
  await page.keyboard.press('c')
  await expect(page.getByRole('heading', { name: 'Console' })).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Key, node or action' }).fill('alpha')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'alpha' })).toBeVisible()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  // The two keys belong together only when they come soon after each other.
  await expect(async () => {
    await page.keyboard.press('g')
    await page.keyboard.press('o')
    await expect(page.getByLabel('Key', { exact: true })).toBeVisible({ timeout: 2_000 })
  }).toPass({ timeout: 20_000 })
  await page.getByLabel('Key', { exact: true }).focus()
  await page.keyboard.type('typed')
  await page.keyboard.press('Tab')
  await page.keyboard.type('by hand')
  await page.keyboard.press('Control+Enter')
  await expect(page.locator('[data-test=entry]').first()).toContainText('PUT typed')
})

test('no request leaves the cluster', async ({ page, cluster }) => {
  const hosts = new Set<string>()
  page.on('request', (request) => hosts.add(new URL(request.url()).hostname))
  for (const hash of ALL) await open(page, cluster, hash)
  expect([...hosts]).toEqual(['127.0.0.1'])
})
