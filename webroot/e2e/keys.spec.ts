import { degraded } from '../test/mock/scenarios'
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
