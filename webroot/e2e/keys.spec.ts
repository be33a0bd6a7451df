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
