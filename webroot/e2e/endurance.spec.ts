import { expect, open, test } from './cluster'

test('a thousand updates leave heap and document as they were', async ({ page, cluster }) => {
  test.setTimeout(90_000)
  await open(page, cluster)
  cluster.pause()
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Performance.enable')
  const measure = async (): Promise<{ nodes: number; heap: number }> => {
    await devtools.send('HeapProfiler.collectGarbage')
    const { metrics } = await devtools.send('Performance.getMetrics')
    const of = (name: string): number => metrics.find((one) => one.name === name)?.value ?? 0
    return { nodes: of('Nodes'), heap: of('JSHeapUsedSize') }
  }
  const publish = async (times: number): Promise<void> => {
    for (let i = 0; i < times; i++) {
      cluster.state.store(`key-${i % 12}`, String(i))
      cluster.publish()
      if (i % 20 === 0) await page.evaluate(() => new Promise(requestAnimationFrame))
    }
    await expect(page.locator('[data-test=link]')).toHaveText('Live')
  }
  await publish(100)
  const before = await measure()
  await publish(1_000)
  const after = await measure()
  expect(after.nodes).toBeLessThan(before.nodes * 1.2)
  expect(after.heap - before.heap).toBeLessThan(2 * 2 ** 20)
})
