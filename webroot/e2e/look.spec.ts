import { degraded } from '../test/mock/scenarios'
import { findings } from './axe'
import { expect, open, test } from './cluster'

const PAGES = ['/', '/ring?key=alpha', '/nodes', '/nodes/1', '/keys/alpha', '/console']
const ALL = [...PAGES, '/metrics', '/activity', '/docs', '/settings']

for (const colorScheme of ['light', 'dark'] as const) {
  test(`with a dead worker, axe finds nothing on any page in ${colorScheme}`, async ({
    page,
    cluster,
    complaints,
  }) => {
    degraded(cluster)
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await open(page, cluster)
    for (const hash of ALL) {
      await page.goto(`${cluster.url}/#${hash}`)
      await expect(page.locator('h1').first()).toBeAttached()
      expect(await findings(page), hash).toEqual([])
    }
    await page.goto(`${cluster.url}/#/docs`)
    await page.getByRole('heading', { name: 'Keys', level: 2 }).waitFor()
    for (const summary of await page.locator('summary').all()) await summary.click()
    expect(await findings(page), 'opened docs').toEqual([])
    expect(complaints).toEqual([])
  })
}

test('with a dead worker nothing scrolls sideways', async ({ page, cluster }) => {
  degraded(cluster)
  await open(page, cluster)
  for (const hash of ALL) {
    await page.goto(`${cluster.url}/#${hash}`)
    await expect(page.locator('h1').first()).toBeAttached()
    for (const width of [320, 390, 768, 1024, 1600]) {
      await page.setViewportSize({ width, height: 844 })
      const wide = await page.evaluate(() => document.documentElement.scrollWidth)
      expect(wide, `${hash} at ${width}`).toBeLessThanOrEqual(width)
    }
  }
})

test('the description of the API does not scroll sideways, opened as it may be', async ({
  page,
  cluster,
}) => {
  await open(page, cluster, '/docs')
  await page.getByRole('heading', { name: 'Keys', level: 2 }).waitFor()
  for (const summary of await page.locator('summary').all()) await summary.click()
  for (const width of [320, 390, 768, 1024, 1600]) {
    await page.setViewportSize({ width, height: 844 })
    const wide = await page.evaluate(() => document.documentElement.scrollWidth)
    expect(wide, `${width}`).toBeLessThanOrEqual(width)
  }
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
