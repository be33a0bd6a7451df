import type { Page } from '@playwright/test'
import { degraded } from '../test/mock/scenarios'
import { expect, open, test } from './cluster'

async function put(page: Page, key: string, value: string): Promise<void> {
  await page.getByLabel('Key', { exact: true }).fill(key)
  await page.getByLabel('Value').fill(value)
  await page.getByRole('button', { name: 'Store', exact: true }).click()
}

const latest = (page: Page) => page.locator('[data-test=entry]').first()

test('a PUT shows its answer, its waterfall, and the key on exactly its owners', async ({
  page,
  cluster,
}) => {
  await open(page, cluster)
  await put(page, 'fresh', '{"a":1}')
  await expect(latest(page)).toContainText('200')
  await expect(latest(page)).toContainText('"status":"success"')
  await expect(latest(page).locator('[data-ack]')).toHaveCount(3)
  await expect(latest(page)).toContainText('client answered at 3.9 ms (2 of 3 copies)')
  await expect(latest(page).locator('[data-background=true]')).toHaveText(/16\.4 ms background/)
  await expect(page.locator('[data-test=content]', { hasText: 'fresh' })).toHaveCount(3)
})

test('a write of all replicas with one dead is refused, and the numbers are shown', async ({
  page,
  cluster,
}) => {
  degraded(cluster)
  await open(page, cluster, '/console')
  await page.getByLabel('Consistency').selectOption('all')
  await put(page, 'alpha', 'x')
  await expect(latest(page)).toContainText('503')
  await expect(latest(page)).toContainText('3 workers are needed, 2 are in reach')
})

test('a delete asks first', async ({ page, cluster }) => {
  await open(page, cluster, '/console')
  await page.getByText('DELETE', { exact: true }).click()
  await page.getByLabel('Key', { exact: true }).fill('alpha')
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  expect(cluster.state.stores.get(0)!.has('alpha')).toBe(true)
  await page.getByRole('button', { name: 'Really delete' }).click()
  await expect(latest(page)).toContainText('DELETE alpha')
  expect(cluster.state.stores.get(0)!.has('alpha')).toBe(false)
})
