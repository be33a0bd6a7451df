import { pages } from '../paging'
import { each } from './ask'
import { expect, open, test } from './cluster'
import type { RealCluster } from './process'

test.beforeEach(({ cluster }) => cluster.settled())

const PREFIX = 'page:'

/** Each write costs a busy machine several milliseconds; RONDO_E2E_KEYS=10000 shows more. */
const COUNT = Number(process.env.RONDO_E2E_KEYS ?? 1_000)

test('the keys of the whole cluster are paged through without a gap or a repeat', async ({
  page,
  cluster,
}) => {
  test.setTimeout(60_000 + COUNT * 20)
  const keys = Array.from({ length: COUNT - 2 }, (_, i) => `${PREFIX}${i}`)
  const all = [PREFIX, ...keys, `${PREFIX}é`]
  await each([...all.entries()], 32, async ([i, key]) => {
    expect((await cluster.put(key, 'x', i % 4)).status).toBe(200)
  })
  // Or the first page would be the same before the prefix is heeded.
  await cluster.put('before', 'x')
  await open(page, cluster, '/keys')
  await page.getByLabel('Prefix of the keys').fill(PREFIX)
  await expect(page.locator('tbody th a').first()).toHaveText(PREFIX)
  await expect(page.locator('tbody tr')).toHaveCount(100)
  const seen = await pages(page)
  expect(seen.flat()).toEqual(
    all
      .map((key) => Buffer.from(key))
      .sort(Buffer.compare)
      .map(String),
  )
  expect(seen.map((one) => one.length)).toEqual(seen.map(() => 100))
  await page.getByRole('button', { name: 'Previous' }).click()
  await expect(page.locator('tbody th a').first()).toHaveText(seen.at(-2)![0]!)
})

test('an address leads to its key, slashes and all, also after a reload', async ({
  page,
  cluster,
}) => {
  await cluster.put('a/b', '{"id":12345678901234567890}')
  await open(page, cluster, '/keys/a%2Fb')
  const value = page.locator('[data-test=value]')
  await expect(value).toContainText('"id": 12345678901234567890')
  await page.reload()
  await expect(page.getByRole('heading', { name: 'a/b' })).toBeVisible()
  await expect(value).toContainText('"id": 12345678901234567890')
  await expect(page.locator('[data-test=replicas] tbody tr')).toHaveCount(3)
  await expect(page.locator('[data-test=replicas] tbody')).toContainText('in sync')
})

test('an edit is stored as what it was, and of a conflict both sides are shown', async ({
  page,
  cluster,
  complaints,
}) => {
  complaints.foresee('/kv/edited', /status of 412/)
  const url = `${cluster.worker(0)}/kv/edited`
  const put = (body: string): Promise<Response> =>
    fetch(url, { method: 'PUT', body, headers: { 'Content-Type': 'text/markdown' } })
  await put('first')
  await open(page, cluster, '/keys/edited')
  const edit = async (text: string): Promise<void> => {
    await page.getByRole('button', { name: 'Edit value' }).click()
    await page.getByLabel('New value').fill(text)
  }
  const value = page.locator('[data-test=value]')
  await edit('second')
  await page.getByRole('button', { name: 'Store', exact: true }).click()
  await expect(value).toHaveText('second')
  const stored = await fetch(url)
  expect([await stored.text(), stored.headers.get('content-type')]).toEqual([
    'second',
    'text/markdown',
  ])
  await edit('mine')
  await put('theirs')
  await page.getByRole('button', { name: 'Store', exact: true }).click()
  await expect(page.getByRole('alert')).toContainText('Somebody else changed this key')
  await expect(page.locator('[data-test=theirs]')).toHaveText('theirs')
  expect(await (await fetch(url)).text()).toBe('theirs')
  await page.getByRole('button', { name: 'Store over it' }).click()
  await expect(value).toHaveText('mine')
})

interface Owner {
  readonly id: number
  readonly status: string
  readonly version: string | null
}

async function located(cluster: RealCluster, key: string) {
  const answer = await fetch(`${cluster.worker(0)}/ring/keys/${key}`)
  return (await answer.json()) as { position: number; owners: Owner[] }
}

/** Keys of a worker, in the order in which it fetches what it missed: peer by peer, round the ring. */
async function missedBy(cluster: RealCluster, worker: number, count: number): Promise<string[]> {
  const found: { key: string; position: number; last: boolean }[] = []
  for (let i = 0; found.length < count; i++) {
    const key = `behind-${i}`
    const { position, owners } = await located(cluster, key)
    const ids = new Set(owners.map((owner) => owner.id))
    if (ids.has(worker)) found.push({ key, position, last: !ids.has(0) })
  }
  const order = found.toSorted((a, b) => Number(a.last) - Number(b.last) || a.position - b.position)
  return order.map(({ key }) => key)
}

/** Whether a worker answers and has nothing of a key. */
async function lacks(cluster: RealCluster, key: string, worker: number): Promise<boolean> {
  const { owners } = await located(cluster, key)
  return owners.some((one) => one.id === worker && one.status !== 'OFFLINE' && !one.version)
}

test('a replica that is behind is named, and repaired at once when asked', async ({
  page,
  cluster,
  complaints,
}) => {
  complaints.foresee('/kv?', /ERR_/)
  const behind = 3
  const keys = await missedBy(cluster, behind, 20)
  const key = keys.at(-1)!
  await open(page, cluster, '/keys')
  await cluster.killWorker(behind)
  await expect(page.locator('aside')).toContainText('1 offline')
  // Too large to be kept as hints, and together too much to be fetched in a moment.
  const value = new Uint8Array(500_000).fill(120)
  await each(keys, 2, async (one) => void (await cluster.put(one, value)))
  cluster.startWorker(behind)
  await expect
    .poll(() => lacks(cluster, key, behind), { timeout: 30_000, intervals: [50] })
    .toBe(true)
  await page.goto(`${cluster.url}/#/keys/${key}`)
  await expect(page.getByText('1 replica behind.')).toBeVisible()
  await expect(page.locator('[data-test=replicas]')).toContainText('missing')
  await page.getByRole('button', { name: 'Repair now' }).click()
  await expect(page.getByText('1 replica behind.')).toHaveCount(0)
  expect(await lacks(cluster, key, behind)).toBe(false)
  await each(keys, 4, async (one) => {
    await fetch(`${cluster.worker(0)}/kv/${one}`, { method: 'DELETE' })
  })
})
