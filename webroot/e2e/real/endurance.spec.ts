import type { CDPSession, Page } from '@playwright/test'
import { expect, link, open, test } from './cluster'
import { Wire } from './wire'

test.beforeEach(({ cluster }) => cluster.settled())

interface Weight {
  readonly nodes: number
  readonly heap: number
}

async function weigh(devtools: CDPSession): Promise<Weight> {
  await devtools.send('HeapProfiler.collectGarbage')
  const { metrics } = await devtools.send('Performance.getMetrics')
  const of = (name: string): number => metrics.find((one) => one.name === name)?.value ?? 0
  return { nodes: of('Nodes'), heap: of('JSHeapUsedSize') }
}

/** So many updates at once, each one different. */
async function burst(page: Page, wire: Wire, times: number): Promise<void> {
  const { latest } = wire
  const seq = (wire.sent || latest.seq) + 1
  const at = Date.parse(latest.at) + seq - latest.seq
  for (let i = 0; i < times; i++) {
    const version = `${'0'.repeat(12)}${i.toString(16).padStart(4, '0')}-0`
    const kind = { size: i, primary: true, tombstone: false, at: latest.at }
    const changed = { key: `key-${i % 50}`, version, ...kind }
    const workers = latest.workers.map((worker) => ({
      ...worker,
      keys: 1_000 + i,
      readsPerSecond: i % 97,
      recent: [changed, ...worker.recent.slice(0, 7)],
    }))
    wire.send({ ...latest, seq: seq + i, at: new Date(at + i).toISOString(), workers })
  }
  // On their way to the page they cost the browser's driver several milliseconds each.
  await expect(page.locator('[data-node="0"]')).toContainText((999 + times).toLocaleString('en'), {
    timeout: 30_000,
  })
  await page.evaluate(() => new Promise((done) => requestIdleCallback(done)))
}

interface Traced {
  readonly name: string
  readonly pid: number
  readonly tid: number
  /** How long the processor worked on it, in microseconds. */
  readonly tdur?: number
  readonly args: { readonly name?: string }
}

/**
 * How long the longest task of the page kept the processor meanwhile, in ms. What other processes
 * took of it in between is not counted: that is nobody's but the machine's.
 */
async function longestTask(page: Page, meanwhile: () => Promise<void>): Promise<number> {
  const browser = page.context().browser()!
  await browser.startTracing(page, {
    categories: ['toplevel', 'disabled-by-default-devtools.timeline'],
  })
  await meanwhile()
  const { traceEvents } = JSON.parse(String(await browser.stopTracing())) as {
    traceEvents: Traced[]
  }
  const mains = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid}/${tid}`),
  )
  const tasks = traceEvents
    .filter(({ name, pid, tid }) => name.endsWith('RunTask') && mains.has(`${pid}/${tid}`))
    .map(({ tdur }) => tdur ?? 0)
  expect(tasks.length).toBeGreaterThan(100)
  return Math.max(...tasks) / 1_000
}

test('a thousand updates in a burst leave heap and document as they were, and never block', async ({
  page,
  cluster,
}) => {
  await cluster.put('first', 'x')
  const wire = await Wire.into(page)
  await open(page, cluster)
  wire.repeat()
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Performance.enable')
  await burst(page, wire, 200)
  const before = await weigh(devtools)
  const longest = await longestTask(page, () => burst(page, wire, 1_000))
  const after = await weigh(devtools)
  process.stdout.write(
    `  longest task ${Math.round(longest)} ms, nodes ${before.nodes} to ${after.nodes}, heap ${before.heap} to ${after.heap}\n`,
  )
  expect(longest).toBeLessThanOrEqual(100)
  expect(after.nodes).toBeLessThan(before.nodes * 1.2)
  expect(after.heap - before.heap).toBeLessThan(2 * 2 ** 20)
  await expect(link(page)).toHaveText('Live')
})
