import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
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

for (const target of ['0', '1', '2', '3', 'auto', 'controller']) {
  test(`requests to target ${target} go there`, async ({ page, cluster }) => {
    await open(page, cluster, '/console')
    await page.locator('[data-test=target]').selectOption(target)
    const sent = page.waitForRequest((request) => request.url().includes('/kv/alpha'))
    await page.getByText('GET', { exact: true }).click()
    await page.getByLabel('Key', { exact: true }).fill('alpha')
    await page.getByRole('button', { name: 'Fetch' }).click()
    const origin = new URL((await sent).url()).origin
    const workers = cluster.state.workers.map((worker) => worker.url)
    if (target === 'controller') expect(origin).toBe(cluster.url)
    else if (target === 'auto') expect(workers).toContain(origin)
    else expect(origin).toBe(workers[Number(target)])
    await expect(latest(page)).toContainText('first letter')
  })
}

test('an offline worker cannot be chosen', async ({ page, cluster }) => {
  degraded(cluster)
  await open(page, cluster, '/console')
  const option = page.locator('[data-test=target] option', { hasText: 'Worker 1' })
  await expect(option).toBeDisabled()
  await expect(option).toHaveText('Worker 1 (Direct) – offline')
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

test('a missing key is calm, a delete asks first', async ({ page, cluster }) => {
  await open(page, cluster, '/console')
  await page.getByText('GET', { exact: true }).click()
  await page.getByLabel('Key', { exact: true }).fill('nowhere')
  await page.getByLabel('Key', { exact: true }).press('Control+Enter')
  await expect(latest(page).getByText('404', { exact: true })).toHaveCSS(
    'color',
    'rgb(245, 185, 70)',
  )
  await page.getByText('DELETE', { exact: true }).click()
  await page.getByLabel('Key', { exact: true }).fill('alpha')
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  expect(cluster.state.stores.get(0)!.has('alpha')).toBe(true)
  await page.getByRole('button', { name: 'Really delete' }).click()
  await expect(latest(page)).toContainText('DELETE alpha')
  expect(cluster.state.stores.get(0)!.has('alpha')).toBe(false)
})

test('the arrow keys bring earlier requests back', async ({ page, cluster }) => {
  await open(page, cluster, '/console')
  await put(page, 'one', '1')
  await expect(latest(page)).toContainText('PUT one')
  await put(page, 'two', '2')
  await expect(latest(page)).toContainText('PUT two')
  const key = page.getByLabel('Key', { exact: true })
  await key.press('ArrowUp')
  await key.press('ArrowUp')
  await expect(key).toHaveValue('one')
  await expect(page.getByLabel('Value')).toHaveValue('1')
})

test('the copied command, run by a shell, stores the same bytes', async ({
  page,
  cluster,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await open(page, cluster, '/console')
  const key = `it's "a" / $(b) é`
  const value = `line 1\n'quoted' "twice" $HOME \\ @x é`
  await page.getByLabel('Key', { exact: true }).fill(key)
  await page.getByLabel('Value').fill(value)
  await page.getByRole('button', { name: 'curl' }).click()
  const command = await page.evaluate(() => navigator.clipboard.readText())
  const { stdout } = await promisify(execFile)('bash', ['-c', `${command} -s`])
  expect(stdout).toContain('"status":"success"')
  const owner = cluster.state.ownersOf(key)[0]!
  expect(cluster.state.stores.get(owner)!.get(key)?.value.toString()).toBe(value)
})

test('markup in keys and values stays text', async ({ page, cluster, complaints }) => {
  const markup = '<img src=x onerror="window.hacked=1">'
  for (const key of [markup, '__proto__', 'constructor']) cluster.state.store(key, markup)
  await open(page, cluster, '/console')
  await page.getByText('GET', { exact: true }).click()
  await page.getByLabel('Key', { exact: true }).fill(markup)
  await page.getByRole('button', { name: 'Fetch' }).click()
  await expect(latest(page)).toContainText('onerror')
  const owner = cluster.state.ownersOf(markup)[0]!
  const inspected = `/keys/${encodeURIComponent(markup)}`
  for (const hash of ['/', `/keys?worker=${owner}`, inspected, '/keys/__proto__']) {
    await open(page, cluster, hash)
    await expect(page.locator('main')).toContainText('<img src=x')
    await expect(page.locator('main img')).toHaveCount(0)
  }
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false)
  expect(complaints).toEqual([])
})

test('a value of one mebibyte and one of raw bytes are shown without harm', async ({
  page,
  cluster,
}) => {
  cluster.state.store('big', 'x'.repeat(2 ** 20))
  cluster.state.store('raw', Buffer.from([0xff, 0xfe, 0x00, 0x41]), 'application/octet-stream')
  await open(page, cluster, '/keys/raw')
  await expect(page.locator('[data-test=value]')).toContainText('ff fe 00 41')
  await open(page, cluster, '/keys/big')
  await expect(page.locator('[data-test=value]')).toContainText('983040 more bytes')
})

test('without the controller the console still writes to the workers', async ({
  page,
  cluster,
}) => {
  await open(page, cluster, '/console')
  await cluster.vanish()
  await expect(page.locator('[data-test=link]')).toHaveText('Disconnected')
  await put(page, 'meanwhile', 'written')
  await expect(latest(page)).toContainText('"status":"success"')
})
