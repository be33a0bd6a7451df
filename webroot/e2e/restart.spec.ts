import type { Page } from '@playwright/test'
import { degraded } from '../test/mock/scenarios'
import { findings } from './axe'
import type { MockCluster } from '../test/mock/controller'
import { expect, open, test } from './cluster'

const restarts = (cluster: MockCluster): string[] =>
  cluster.asked.filter(({ method }) => method === 'POST').map(({ path }) => path)

const dialog = (page: Page, id: number) =>
  page.getByRole('dialog', { name: `Restart Worker ${id}` })

test('a restart says in numbers what it does, and happens only when it is meant', async ({
  page,
  cluster,
}) => {
  await open(page, cluster, '/nodes/2')
  const button = page.getByRole('button', { name: 'Restart', exact: true })
  await button.click()
  const asked = dialog(page, 2)
  await expect(asked).toContainText('process 4713 is stopped cleanly and started at once')
  await expect(asked).toContainText(/Requests now\s*[\d,]+\/s/)
  await expect(asked).toContainText('Copies there meanwhile')
  await expect(asked).toContainText('2 of 3')
  await expect(asked).toContainText('reads and writes still meet R=2 and W=2')
  await expect(asked).toContainText(`rondo restart 2 --url ${cluster.url}`)
  expect(await findings(page)).toEqual([])
  await page.keyboard.press('Escape')
  await expect(asked).toHaveCount(0)
  await expect(button).toBeFocused()
  await button.click()
  await asked.getByRole('button', { name: 'Cancel' }).click()
  await expect(asked).toHaveCount(0)
  expect(restarts(cluster)).toEqual([])
  await button.click()
  await asked.getByRole('button', { name: 'Restart' }).click()
  await expect(page.getByText('Worker 2 is being restarted')).toBeVisible()
  await expect(asked).toHaveCount(0)
  await expect(button).toBeFocused()
  expect(restarts(cluster)).toEqual(['/cluster/workers/2/restart'])
})

test('the command can be copied', async ({ page, cluster, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await open(page, cluster, '/nodes/2')
  await page.getByRole('button', { name: 'Restart', exact: true }).click()
  await dialog(page, 2).getByRole('button', { name: 'Copy the command' }).click()
  const copied = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText())
  await expect.poll(copied).toBe(`rondo restart 2 --url ${cluster.url}`)
  expect(restarts(cluster)).toEqual([])
})

test('it can be copied also where the browser lends no clipboard', async ({ page, cluster }) => {
  await page.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, 'clipboard', { get: () => undefined })
  })
  await open(page, cluster, '/nodes/2')
  await page.getByRole('button', { name: 'Restart', exact: true }).click()
  const copy = dialog(page, 2).getByRole('button', { name: 'Copy the command' })
  await copy.click()
  await expect(page.getByText('Copied the command')).toBeVisible()
  await expect(copy).toBeFocused()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  const field = page.getByRole('combobox', { name: 'Key, node or action' })
  await field.press('Control+v')
  await expect(field).toHaveValue(`rondo restart 2 --url ${cluster.url}`)
})

test('the palette, the menu and the banner ask as well', async ({ page, cluster }) => {
  degraded(cluster)
  await open(page, cluster)
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Key, node or action' }).fill('restart worker 3')
  await page.keyboard.press('Enter')
  await expect(dialog(page, 3)).toContainText(/\d% of the key space cannot be read with R=2/)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  const menu = page.getByRole('button', { name: 'Actions for Worker 1' })
  await menu.click()
  await page.locator('[data-node="1"] .card').getByRole('button', { name: 'Restart' }).click()
  await expect(dialog(page, 1)).toContainText('It is offline and was heard of')
  await expect(dialog(page, 1)).toContainText('783')
  await page.keyboard.press('Escape')
  await expect(menu).toBeFocused()
  await page.getByRole('button', { name: 'Restart worker' }).click()
  await expect(dialog(page, 1)).toBeVisible()
  expect(restarts(cluster)).toEqual([])
  await dialog(page, 1).getByRole('button', { name: 'Restart' }).click()
  await expect.poll(() => restarts(cluster)).toEqual(['/cluster/workers/1/restart'])
})

test('without the controller nobody can be asked', async ({ page, cluster }) => {
  await open(page, cluster, '/nodes/2')
  await page.getByRole('button', { name: 'Restart', exact: true }).click()
  await cluster.vanish()
  await expect(dialog(page, 2)).toContainText('The controller does not answer')
  await expect(dialog(page, 2).getByRole('button', { name: 'Restart' })).toBeDisabled()
})
