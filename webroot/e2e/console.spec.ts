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

test('a key that is held down does not confirm a delete', async ({ page, cluster }) => {
  await open(page, cluster, '/console')
  await page.getByText('DELETE', { exact: true }).click()
  await page.getByLabel('Key', { exact: true }).fill('alpha')
  await page.keyboard.down('Enter')
  await page.keyboard.down('Enter')
  await page.keyboard.up('Enter')
  await expect(page.getByRole('button', { name: 'Really delete' })).toBeVisible()
  await expect(page.locator('[data-test=entry]')).toHaveCount(0)
  await page.keyboard.press('Enter')
  await expect(latest(page)).toContainText('DELETE alpha')
})

test('on a phone the console, the palette and the warnings need no controller', async ({
  page,
  cluster,
}) => {
  await page.setViewportSize({ width: 320, height: 844 })
  await open(page, cluster)
  await cluster.vanish()
  await expect(page.locator('[data-test=link]')).toHaveText('Disconnected')
  await page.getByRole('link', { name: 'Console' }).last().click()
  await expect(page.locator('[data-test=client]')).toBeVisible()
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /Warnings/ }).click()
  const menu = page.getByText('Warnings', { exact: true }).locator('..')
  expect((await menu.boundingBox())!.x).toBeGreaterThanOrEqual(0)
})
