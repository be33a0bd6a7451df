import { findings } from './axe'
import { expect, open, test } from './cluster'

const router = '[data-verticle=router]'

test('a verticle is redeployed after it was said what that does, and back', async ({
  page,
  cluster,
}) => {
  const verticles = cluster.state.verticles!
  await open(page, cluster, '/nodes/2')
  const row = page.locator(router)
  await expect(row).toContainText('0.1.0')
  await row.getByRole('button', { name: 'Redeploy router' }).click()
  const dialog = page.getByRole('dialog', { name: 'Redeploy router on Worker 2' })
  await expect(dialog).toContainText('Generation 2 starts beside generation 1')
  await expect(dialog).toContainText('4 requests in flight')
  await dialog.getByLabel(/Jar in/).fill("next's.jar")
  await expect(dialog).toContainText(
    String.raw`rondo redeploy router --worker 2 --jar 'next'\''s.jar'`,
  )
  expect(await findings(page)).toEqual([])
  expect(cluster.asked.filter((one) => one.method === 'POST')).toEqual([])
  await dialog.getByRole('button', { name: 'Redeploy' }).click()
  await expect(row).toContainText('replacing: starting')
  await expect(row.getByRole('button', { name: 'Redeploy router' })).toBeDisabled()
  expect(cluster.asked.at(-1)).toMatchObject({
    path: '/cluster/workers/2/verticles/router/redeploy',
    body: JSON.stringify({ jar: "next's.jar" }),
  })
  verticles.end(2, 'router')
  await expect(row.locator('[data-test=outcome]')).toContainText('questions waited 2 ms')
  await expect(row.locator('td').nth(1)).toHaveText('2')
  await expect(page.getByText('Worker 2: router was replaced')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Events' })).toContainText('verticle-redeployed')
  const asked = cluster.asked.length
  await row.getByRole('button', { name: 'Roll back router' }).click()
  const back = page.getByRole('dialog', { name: 'Roll back router on Worker 2' })
  await expect(back).toContainText('the settings and the code of before, 0.1.0')
  await expect(back).toContainText('starts beside generation 2')
  await expect(back).toContainText(`rondo rollback router --worker 2 --url ${cluster.url}`)
  await page.keyboard.press('Escape')
  await expect(back).toHaveCount(0)
  expect(cluster.asked).toHaveLength(asked)
  await row.getByRole('button', { name: 'Roll back router' }).click()
  await back.getByRole('button', { name: 'Roll back' }).click()
  await expect(row).toContainText('replacing')
  expect(cluster.asked.at(-1)!.path).toBe('/cluster/workers/2/verticles/router/rollback')
  expect(await findings(page)).toEqual([])
})

test('what an earlier replacement came to is not taken for the answer', async ({
  page,
  cluster,
}) => {
  const verticles = cluster.state.verticles!
  verticles.start(2, 'router', 'redeploy')
  verticles.end(2, 'router')
  verticles.slow = true
  await open(page, cluster, '/nodes/2')
  await page.getByRole('button', { name: 'Redeploy router' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Redeploy' }).click()
  await expect(page.getByRole('button', { name: 'Redeploy router' })).toBeDisabled()
  await expect.poll(() => verticles.asked).toBeGreaterThan(3)
  await expect(page.getByText('Worker 2: router was replaced')).toHaveCount(0)
  verticles.start(2, 'router', 'redeploy')
  verticles.end(2, 'router')
  await expect(page.getByText('Worker 2: router was replaced')).toBeVisible()
})

test('what is followed at one node holds up nothing at another', async ({ page, cluster }) => {
  cluster.state.verticles!.slow = true
  await open(page, cluster, '/nodes/2')
  await page.getByRole('button', { name: 'Redeploy router' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Redeploy' }).click()
  await expect(page.getByRole('button', { name: 'Redeploy router' })).toBeDisabled()
  await page.goto(`${cluster.url}/#/nodes/1`)
  await expect(page.getByRole('heading', { name: 'Worker 1', level: 1 })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Redeploy router' })).toBeEnabled()
})

test('a replacement that fails says why', async ({ page, cluster }) => {
  await open(page, cluster, '/nodes/2')
  await page.getByRole('button', { name: 'Redeploy router' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Redeploy' }).click()
  await expect(page.locator(router)).toContainText('replacing')
  cluster.state.verticles!.end(2, 'router', 'It was not ready within 30 s')
  await expect(page.locator(router)).toContainText('failed')
  await expect(page.locator(router)).toContainText('It was not ready within 30 s')
  await expect(page.getByText('Worker 2: router was not replaced')).toBeVisible()
})

test('a cluster that can neither replace nor compare says so, and shows the rest', async ({
  page,
  cluster,
}) => {
  cluster.state.verticles = null
  for (const worker of cluster.state.workers) delete worker.verticles
  cluster.repairs = false
  await open(page, cluster, '/nodes/2')
  await expect(page.getByText('persistence', { exact: true })).toBeVisible()
  await expect(page.locator('[data-test=verticles]')).toHaveCount(0)
  await page.goto(`${cluster.url}/#/`)
  await page.getByRole('button', { name: 'Repair now' }).click()
  await expect(page.getByText('too old to be asked for that')).toBeVisible()
})

test('all copies are compared on request, and the round has a bar', async ({ page, cluster }) => {
  await open(page, cluster)
  const work = page.getByRole('region', { name: 'Background work' })
  await expect(work).toContainText(`rondo repair --url ${cluster.url}`)
  await page.getByRole('button', { name: 'Repair now' }).click()
  await expect(page.getByText('All workers compare their copies')).toBeVisible()
  expect(cluster.asked.at(-1)).toMatchObject({ method: 'POST', path: '/cluster/repair' })
  const round = { kind: 'anti-entropy', worker: 2, done: 26, total: 40, unit: 'ranges', rate: 3.4 }
  cluster.state.work = [round]
  await expect(
    page.getByRole('progressbar', { name: 'Worker 2 compares its copies' }),
  ).toHaveAttribute('aria-valuenow', '65')
})

test('a replacement that the worker declines is over, and its reason is shown', async ({
  page,
  cluster,
}) => {
  const verticles = cluster.state.verticles!
  verticles.slow = true
  await open(page, cluster, '/nodes/2')
  await page.getByRole('button', { name: 'Redeploy router' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Redeploy' }).click()
  await expect(page.getByRole('button', { name: 'Redeploy router' })).toBeDisabled()
  verticles.decline(2, 'There is no jar')
  cluster.publish()
  await expect(page.getByText('router was not replaced. There is no jar')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Redeploy router' })).toBeEnabled()
})
