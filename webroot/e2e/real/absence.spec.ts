import type { Page } from '@playwright/test'
import { each } from './ask'
import { expect, latest, open, request, status, statuses, test } from './cluster'
import type { RealCluster } from './process'

test.beforeEach(({ cluster }) => cluster.settled())

const GONE = 3
/** More than the workers keep for one that is away, so that it has something to catch up with. */
const LARGE = new Uint8Array(600_000).fill(120)

/** Keys that a worker owns, by what they start with. */
async function keysOf(cluster: RealCluster, worker: number, prefix: string, count: number) {
  const keys: string[] = []
  for (let i = 0; keys.length < count; i++) {
    const owners = await cluster.preference(`${prefix}-${i}`)
    if (owners.includes(worker)) keys.push(`${prefix}-${i}`)
  }
  return keys
}

/** Every value that the bar of the recovery shows, from now on. */
async function bars(page: Page): Promise<() => Promise<number[]>> {
  await page.evaluate((worker) => {
    const bars: number[] = []
    Object.assign(window, { bars })
    const look = (): void => {
      const bar = document.querySelector(`[aria-label="Recovery of Worker ${worker}"]`)
      const value = Number(bar?.getAttribute('aria-valuenow') ?? Number.NaN)
      if (!Number.isNaN(value) && bars.at(-1) !== value) bars.push(value)
    }
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      attributes: true,
    })
  }, GONE)
  return () => page.evaluate(() => Reflect.get(window, 'bars') as number[])
}

const hints = (page: Page) => page.locator('[data-test=figures] [data-figure="Hints queued"]')

const moving = (page: Page): Promise<number> =>
  page.evaluate(() => document.getAnimations().filter((one) => one.playState === 'running').length)

test('a dead worker: its keys are hinted, writes of all fail when too few are left', async ({
  page,
  cluster,
  complaints,
}) => {
  complaints.foresee('/kv/', /status of 503/)
  await open(page, cluster)
  await cluster.killWorker(GONE)
  await expect(status(page, GONE)).toHaveText('OFFLINE')
  const option = page.locator('[data-test=target] option', { hasText: `Worker ${GONE}` })
  await expect(option).toBeDisabled()
  await expect(option).toHaveText(`Worker ${GONE} (Direct) – offline`)

  const [key] = await keysOf(cluster, GONE, 'hinted', 1)
  const owners = await cluster.owners(key!)
  const holder = cluster.ids.find((id) => !owners.includes(id))!
  await request(page, 'PUT', key!, 'x')
  await expect(page.locator(`[data-owner="${GONE}"]`)).toHaveText(
    new RegExp(`W${GONE}\\s+hints go to W${holder}`),
  )
  await expect
    .poll(async () => (await cluster.state()).workers.find(({ id }) => id === holder)!.hints)
    .toBeGreaterThan(0)
  await expect(hints(page)).toHaveText(/^[1-9]/)

  await cluster.killWorker(2)
  await expect(status(page, 2)).toHaveText('OFFLINE')
  await page.getByLabel('Consistency').selectOption('all')
  await request(page, 'PUT', key!, 'refused')
  await expect(latest(page)).toContainText('503')
  await expect(latest(page)).toContainText('"required":3')
  await expect(latest(page)).toContainText(/2 (of|are)/)
})

test('back from an absence: hints drain, the bar of the recovery only grows and becomes an event', async ({
  page,
  cluster,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await open(page, cluster)
  await cluster.killWorker(GONE)
  await expect(status(page, GONE)).toHaveText('OFFLINE')
  expect(await moving(page)).toBe(0)
  const small = await keysOf(cluster, GONE, 'waiting', 40)
  const large = await keysOf(cluster, GONE, 'large', 6)
  await each(small, 8, async (key) => {
    expect((await cluster.put(key, 'x')).status).toBe(200)
  })
  await expect.poll(async () => Number(await hints(page).innerText())).toBeGreaterThanOrEqual(40)
  await each(large, 2, async (key) => {
    expect((await cluster.put(key, LARGE)).status).toBe(200)
  })
  const values = await bars(page)
  const seen = await statuses(page, GONE)
  cluster.startWorker(GONE)
  await page.locator('[data-test=work]').first().waitFor({ timeout: 30_000 })
  expect(await moving(page)).toBe(0)
  await expect(status(page, GONE)).toHaveText('ONLINE', { timeout: 60_000 })
  await expect(hints(page)).toHaveText('0')
  expect(await seen()).toContain('RECOVERING')
  const shown = await values()
  expect(shown.length).toBeGreaterThan(1)
  expect(shown).toEqual(shown.toSorted((a, b) => a - b))
  const events = page.getByRole('region', { name: 'Operations timeline' })
  await expect(events).toContainText('worker-recovering')
  await expect(events).toContainText(`Worker ${GONE}`)
  await cluster.settled()
  for (const key of large) await fetch(`${cluster.worker(0)}/kv/${key}?w=3`, { method: 'DELETE' })
})

test('all copies are compared when somebody asks, and each worker says that it is done', async ({
  page,
  cluster,
}) => {
  const answer = await fetch(`${cluster.url}/cluster/events?limit=1000`)
  const { events } = (await answer.json()) as { events: { kind: string }[] }
  const before = events.filter((event) => event.kind === 'repair_finished').length
  await open(page, cluster, '/console')
  await page.getByRole('button', { name: 'Repair now' }).click()
  await expect(page.getByText('All workers compare their copies')).toBeVisible()
  await page.goto(`${cluster.url}/#/activity`)
  const done = page.getByRole('region', { name: 'Events' }).getByText('repair-finished')
  await expect(done).toHaveCount(before + cluster.ids.length, { timeout: 30_000 })
})
