import { expect, open, test } from './cluster'

test('the list pages through what a worker holds, without a gap or a repeat', async ({
  page,
  cluster,
}) => {
  const held = cluster.state.stores.get(0)!
  const sample = held.get('alpha')!
  for (let i = 0; i < 120; i++) held.set(`page:${String(i).padStart(3, '0')}`, sample)
  await open(page, cluster, '/keys?worker=0')
  await page.getByLabel('Prefix of the keys').fill('page:')
  const seen: string[] = []
  const next = page.getByRole('button', { name: 'Next' })
  for (const first of ['page:000', 'page:050', 'page:100']) {
    const rows = page.locator('tbody th a')
    await expect(rows.first()).toHaveText(first)
    seen.push(...(await rows.allTextContents()))
    if (await next.isEnabled()) await next.click()
  }
  expect(seen).toEqual([...held.keys()].filter((key) => key.startsWith('page:')).sort())
})

test('an address leads to its key, slashes and all, also after a reload', async ({
  page,
  cluster,
}) => {
  cluster.state.store('a/b', 'slashed')
  await open(page, cluster, '/keys/a%2Fb')
  await expect(page.locator('[data-test=value]')).toHaveText('slashed')
  await page.reload()
  await expect(page.getByRole('heading', { name: 'a/b' })).toBeVisible()
  await expect(page.locator('[data-test=replicas] tbody tr')).toHaveCount(3)
})

test('a replica that is behind is named', async ({ page, cluster }) => {
  const [, second] = cluster.state.ownersOf('alpha')
  const store = cluster.state.stores.get(second!)!
  store.set('alpha', { ...store.get('alpha')!, version: '000000000001000f-0' })
  await open(page, cluster, '/keys/alpha')
  await expect(page.getByText('1 replica behind.')).toBeVisible()
  await expect(page.locator('[data-test=replicas]')).toContainText('stale')
})

test('an edit is stored with If-Match, and a conflict is said instead of overwritten', async ({
  page,
  cluster,
}) => {
  await open(page, cluster, '/keys/alpha')
  await page.getByRole('button', { name: 'Edit value' }).click()
  await page.getByLabel('New value').fill('second letter')
  await page.getByRole('button', { name: 'Store' }).click()
  await expect(page.locator('[data-test=value]')).toHaveText('second letter')
  await page.getByRole('button', { name: 'Edit value' }).click()
  cluster.state.store('alpha', 'somebody else')
  await page.getByLabel('New value').fill('mine')
  await page.getByRole('button', { name: 'Store' }).click()
  await expect(page.getByRole('alert')).toContainText('Somebody else changed this key')
  expect(cluster.state.stores.get(0)!.get('alpha')!.value.toString()).toBe('somebody else')
})
