import { MockCluster } from '../test/mock/controller'
import { traffic } from '../test/mock/scenarios'
import { expect, open, test, WEBROOT } from './cluster'

test('sixteen workers with 512 virtual nodes each are drawn without delay', async ({ page }) => {
  const cluster = new MockCluster(WEBROOT, 16)
  await cluster.start()
  try {
    cluster.state.config.vnodes = 512
    traffic(cluster, 1)
    cluster.run()
    await open(page, cluster)
    await expect(page.locator('[data-node]')).toHaveCount(16)
    await expect(page.getByText('8,192 virtual nodes')).toBeVisible()
    await expect(page.locator('path[data-worker]')).toHaveCount(16)
    const wide = await page.evaluate(() => document.documentElement.scrollWidth)
    expect(wide).toBeLessThanOrEqual(1600)
    const elements = await page.evaluate(() => document.querySelectorAll('svg *').length)
    expect(elements).toBeLessThan(2_000)
    await page.getByLabel('Key to locate on the ring').fill('alpha')
    await expect(page.locator('[data-owner]')).toHaveCount(3)
  } finally {
    await cluster.stop()
  }
})
