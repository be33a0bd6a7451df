import { expect, isSameWindow, link, open, test } from './cluster'
import { RealCluster } from './process'

test('another, empty cluster at the same address: slider, ring and cards follow by themselves', async ({
  page,
  complaints,
}) => {
  test.setTimeout(240_000)
  const first = await RealCluster.start({ workers: 2, supervised: 2 })
  complaints.foresee(first.host, /ERR_CONNECTION_(REFUSED|RESET)/)
  const slider = page.locator('#factor')
  const banner = page.locator('[data-test=banner]')
  const cards = page.locator('[data-node]')
  let second: RealCluster | undefined
  try {
    await open(page, first)
    await expect(slider).toHaveValue('2')
    await expect(page.getByText('20 virtual nodes')).toBeVisible()
    await expect(banner).toContainText('Cluster is ready')
    await expect(banner.locator('code')).toContainText('/kv/alpha')
    await expect(page.getByText('No data stored.')).toHaveCount(2)
    await first.stop()
    await expect(link(page)).toHaveText('Disconnected')
    second = await first.replace({ workers: 1, supervised: 1, settings: { ring: { vnodes: 512 } } })
    await expect(link(page)).toHaveText('Live', { timeout: 15_000 })
    await expect(slider).toHaveValue('1')
    await expect(page.getByText('512 virtual nodes')).toBeVisible()
    await expect(cards).toHaveCount(1)
    await expect(page.locator('path[data-worker]')).toHaveCount(1)
    expect(await isSameWindow(page)).toBe(true)
  } finally {
    await (second ?? first).stop()
  }
})
