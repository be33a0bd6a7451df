import { readFileSync } from 'node:fs'
import { degraded } from '../test/mock/scenarios'
import { findings } from './axe'
import { expect, open, test } from './cluster'
import { pages } from './paging'

test('ten thousand keys are paged through without a gap or a repeat, the exact one first', async ({
  page,
  cluster,
}) => {
  const sample = cluster.state.stores.get(0)!.get('alpha')!
  const keys = Array.from({ length: 9_999 }, (_, i) => `page:${i}`)
  for (const key of ['page:', ...keys]) {
    for (const id of cluster.state.ownersOf(key)) cluster.state.stores.get(id)!.set(key, sample)
  }
  await open(page, cluster, '/keys')
  await page.getByLabel('Prefix of the keys').fill('page:')
  await expect(page.locator('tbody th a').first()).toHaveText('page:')
  const seen = await pages(page)
  expect(seen.flat()).toEqual(['page:', ...keys].toSorted())
})

test('what one worker itself holds is listed apart', async ({ page, cluster }) => {
  await open(page, cluster, '/keys?worker=0')
  await expect(page.getByLabel('Whose keys')).toHaveValue('0')
  const own = [...cluster.state.stores.get(0)!.keys()].toSorted()
  await expect(page.locator('tbody th a')).toHaveText(own)
  await page.getByLabel('Whose keys').selectOption('')
  await expect(page.locator('tbody th a')).toHaveText(
    [...cluster.state.everything().keys()].toSorted(),
  )
})

test('a replica that is behind is named', async ({ page, cluster }) => {
  const [, second] = cluster.state.ownersOf('alpha')
  const store = cluster.state.stores.get(second!)!
  store.set('alpha', { ...store.get('alpha')!, version: '000000000001000f-0' })
  await open(page, cluster, '/keys/alpha')
  await expect(page.getByText('1 replica behind.')).toBeVisible()
  await expect(page.locator('[data-test=replicas]')).toContainText('stale')
})

test('a hint is claimed only where a stand-in says that it keeps one', async ({
  page,
  cluster,
}) => {
  degraded(cluster)
  await open(page, cluster, '/keys/alpha')
  const [dead, replicas] = [page.locator('[data-owner="1"]'), page.locator('[data-test=replicas]')]
  await expect(dead).toHaveText(/W1\s+hints go to W3/)
  await expect(replicas.locator('tbody tr', { hasText: 'Worker 1' })).toContainText(
    /OFFLINE\s+hints go to W3/,
  )
  await expect(replicas).not.toContainText('holds a hint')
  cluster.state.store('alpha', 'second letter')
  await page.getByRole('button', { name: 'Read with R=3' }).click()
  await expect(dead).toHaveText(/W1\s+hinted on W3/)
  await expect(replicas.locator('tbody tr').last()).toContainText(/Worker 3.*holds a hint/)
})

test('an owner that is back is shown as such', async ({ page, cluster }) => {
  cluster.state.setStatus(1, 'RECOVERING', 'Worker 1 is back and catches up')
  cluster.state.setStatus(2, 'JOINING', 'Worker 2 starts')
  cluster.state.stores.get(1)!.delete('alpha')
  cluster.state.stores.get(2)!.delete('alpha')
  await open(page, cluster, '/keys/alpha')
  const row = (id: number) => page.locator('[data-test=replicas] tr', { hasText: `Worker ${id}` })
  await expect(row(0)).not.toContainText('ONLINE')
  await expect(row(1)).toContainText(/RECOVERING\s+missing/)
  await expect(row(2)).toContainText(/JOINING\s+not known yet/)
  await expect(page.getByText('1 replica behind.')).toBeVisible()
  await expect(page.locator('[data-owner="1"]')).toContainText('recovering')
})

test('a page that could not be read is not counted, and the one before stays', async ({
  page,
  cluster,
}) => {
  for (let i = 100; i < 250; i++) cluster.state.store(`page:${i}`, '')
  await open(page, cluster, '/keys')
  await page.getByLabel('Prefix of the keys').fill('page:')
  await expect(page.locator('tbody th a').first()).toHaveText('page:100')
  await page.route(/\/kv\?/, (route) => route.abort())
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(page.getByRole('alert')).toBeVisible()
  await expect(page.getByText('100 keys')).toContainText('page 1')
  await page.unroute(/\/kv\?/)
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(page.locator('tbody th a').first()).toHaveText('page:200')
  await expect(page.getByText('50 keys')).toContainText('page 2')
})

test('an edit outlasts a moment without workers, and a deletion of its key', async ({
  page,
  cluster,
}) => {
  await open(page, cluster, '/keys/alpha')
  await page.getByRole('button', { name: 'Edit value' }).click()
  await page.getByLabel('New value').fill('typed for ten minutes')
  const joining = page.locator('[data-owner]', { hasText: 'joining' })
  for (const status of ['JOINING', 'ONLINE'] as const) {
    for (const worker of cluster.state.workers) worker.status = status
    cluster.publish()
    await expect(joining).toHaveCount(status === 'JOINING' ? 3 : 0)
  }
  await expect(page.getByLabel('New value')).toHaveValue('typed for ten minutes')
  cluster.state.remove('alpha')
  await page.getByRole('button', { name: 'Store', exact: true }).click()
  await expect(page.locator('[data-test=theirs]')).toHaveText('The key was deleted.')
  await page.getByRole('button', { name: 'Store over it' }).click()
  await expect(page.locator('[data-test=value]')).toHaveText('typed for ten minutes')
})

test('after a failure the inspector can be asked again', async ({ page, cluster }) => {
  await page.route('**/ring/keys/alpha', (route) => route.abort())
  await open(page, cluster, '/keys/alpha')
  await expect(page.getByRole('alert')).toBeVisible()
  await page.unroute('**/ring/keys/alpha')
  await page.getByRole('button', { name: 'Read this key again' }).click()
  await expect(page.locator('[data-test=value]')).toHaveText('first letter')
  await expect(page.getByRole('alert')).toHaveCount(0)
})

test('replicas with different values are compared, and the cells that differ stand out', async ({
  page,
  cluster,
}) => {
  const owners = cluster.state.ownersOf('alpha')
  const [best, behind] = [owners[0]!, owners[1]!]
  const store = cluster.state.stores.get(behind)!
  const older = { version: '000000000001000f-0', value: Buffer.from('first') }
  store.set('alpha', { ...store.get('alpha')!, ...older })
  await open(page, cluster, '/keys/alpha')
  const row = (id: number) => page.locator('[data-test=replicas] tr', { hasText: `Worker ${id}` })
  await expect(row(best)).toContainText(/[0-9a-f]{4} [0-9a-f]{4}\s*12 B/)
  await expect(row(behind)).toContainText(/8b04 d5e3\s*5 B/)
  await expect(row(behind).getByText('8b04 d5e3')).toHaveClass(/text-warn/)
  await expect(page.getByText(`Worker ${behind} has an older version.`)).toBeVisible()
  await page.getByRole('button', { name: 'Diff' }).click()
  await expect(page.locator('[data-test=diff] [data-kind=old]')).toContainText('first')
  await expect(page.locator('[data-test=diff] [data-kind=new]')).toContainText('first letter')
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    for (const width of [390, 1600]) {
      await page.setViewportSize({ width, height: 844 })
      expect(await findings(page), `${colorScheme} at ${width}`).toEqual([])
    }
  }
  cluster.state.store('alpha', 'first letter')
  await page.getByRole('button', { name: 'Read this key again' }).click()
  await expect(page.locator('[data-test=value]')).toHaveText('first letter')
  await expect(page.getByRole('button', { name: 'Diff' })).toHaveCount(0)
})

test('keys are exported with their values, as many as the prefix says', async ({
  page,
  cluster,
}) => {
  await open(page, cluster, '/keys')
  await page.getByLabel('Prefix of the keys').fill('user:')
  await page.getByRole('button', { name: 'Export' }).click()
  const dialog = page.getByRole('dialog', { name: 'Export keys' })
  await expect(dialog.locator('[data-test=command]')).toContainText(
    'export keys.ndjson --prefix user:',
  )
  expect(await findings(page)).toEqual([])
  const saving = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Download' }).click()
  const path = await (await saving).path()
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n')
  const items = lines.map((line) => JSON.parse(line) as { key: string; value: string })
  const all = [...cluster.state.everything().keys()].filter((key) => key.startsWith('user:'))
  expect(items.map((item) => item.key)).toEqual(all.toSorted())
  expect(atob(items[0]!.value)).toBe('[]')
  await expect(dialog.getByRole('status')).toContainText(`Saved ${all.length} keys`)
})
