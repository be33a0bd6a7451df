import { findings } from '../axe'
import { expect, latest, open, test } from './cluster'

test.beforeEach(({ cluster }) => cluster.settled())

const PAGES = ['/', '/ring?key=alpha', '/nodes', '/nodes/1', '/keys/alpha', '/console']
const ALL = [...PAGES, '/metrics', '/activity', '/settings']

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing on any page in ${colorScheme}, and nothing leaves the cluster`, async ({
    page,
    cluster,
  }) => {
    await cluster.put('alpha', '{"first":"letter","n":[1,2]}')
    const hosts = new Set<string>()
    page.on('request', (request) => hosts.add(new URL(request.url()).hostname))
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await open(page, cluster)
    for (const hash of ALL) {
      await page.goto(`${cluster.url}/#${hash}`)
      await expect(page.locator('h1').first()).toBeAttached()
      await expect(page.locator('main')).not.toContainText('Asking the controller')
      if (hash.startsWith('/keys')) await expect(page.locator('[data-test=value]')).toBeVisible()
      expect(await findings(page), hash).toEqual([])
    }
    expect([...hosts]).toEqual(['127.0.0.1'])
  })
}

test('nothing scrolls sideways from 320 to 1600 pixels, nor at twice the size', async ({
  page,
  cluster,
}) => {
  await cluster.put('a-key-that-is-quite-long:'.repeat(8), 'x'.repeat(200))
  await cluster.put('alpha', 'x'.repeat(200))
  await open(page, cluster)
  for (const hash of ALL) {
    await page.goto(`${cluster.url}/#${hash}`)
    await expect(page.locator('h1').first()).toBeAttached()
    for (const width of [320, 390, 768, 800, 1024, 1600]) {
      await page.setViewportSize({ width, height: 844 })
      const wide = await page.evaluate(() => document.documentElement.scrollWidth)
      expect(wide, `${hash} at ${width}`).toBeLessThanOrEqual(width)
    }
  }
})

test('the theme follows the system, is kept when chosen, and stands before the first paint', async ({
  page,
  cluster,
  complaints,
}) => {
  complaints.foresee('/assets/', /ERR_FAILED/)
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

test('the whole flow works by keyboard', async ({ page, cluster }) => {
  await cluster.put('alpha', 'first letter')
  await open(page, cluster)
  const go = async (letter: string, heading: string): Promise<void> => {
    // The two keys belong together only when they come soon after each other.
    await expect(async () => {
      await page.keyboard.press('g')
      await page.keyboard.press(letter)
      await expect(page.getByRole('heading', { name: heading })).toBeAttached({ timeout: 2_000 })
    }).toPass({ timeout: 20_000 })
  }
  await go('c', 'Console')
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Key, node or action' }).fill('alpha')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'alpha' })).toBeVisible()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await go('o', 'Overview')
  await tabTo(page, 'target')
  await page.keyboard.press('ArrowDown')
  await expect(page.locator('[data-test=target]')).toHaveValue('0')
  // Consistency, method, key.
  for (let i = 0; i < 3; i++) await page.keyboard.press('Tab')
  await page.keyboard.type('typed')
  await page.keyboard.press('Tab')
  await page.keyboard.type('by hand')
  await page.keyboard.press('Control+Enter')
  await expect(latest(page)).toContainText('PUT typed')
  await expect(latest(page)).toContainText('"status":"success"')
})

/** Goes on to the element with the Tab key alone. */
async function tabTo(page: import('@playwright/test').Page, name: string): Promise<void> {
  for (let i = 0; i < 120; i++) {
    await page.keyboard.press('Tab')
    const at = await page.evaluate(() => (document.activeElement as HTMLElement).dataset.test)
    if (at === name) return
  }
  throw new Error(`The Tab key does not lead to ${name}`)
}

test('the first paint comes within a second', async ({ page, cluster }) => {
  await expect(async () => {
    await page.goto('about:blank')
    await page.goto(cluster.url)
    await page.getByRole('heading', { name: 'Cluster Nodes' }).waitFor()
    const painted = await page.evaluate(
      () => performance.getEntriesByName('first-contentful-paint')[0]!.startTime,
    )
    process.stdout.write(`  first paint after ${Math.round(painted)} ms\n`)
    expect(painted).toBeLessThan(1_000)
  }).toPass({ timeout: 30_000 })
})
