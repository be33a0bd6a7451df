import { degraded, recovering, traffic } from '../test/mock/scenarios'
import { expect, open, test } from './cluster'

const card = (id: number): string => `[data-node="${id}"]`

test('the page carries the words that people know it by', async ({ page, cluster }) => {
  await open(page, cluster)
  await expect(page).toHaveTitle('Distributed Key-Value Store')
  const words = ['Distributed Key-Value Store', 'Replication Factor', 'Cluster Nodes']
  for (const word of [...words, 'Client Interface', 'SYSTEM OUTPUT']) {
    await expect(page.getByText(word, { exact: true }).first()).toBeVisible()
  }
  await expect(page.getByText(`Controller running on port ${cluster.port}`)).toBeVisible()
  await expect(page.locator('[data-test=target]')).toContainText('Worker 2 (Direct)')
  await expect(page.getByRole('button', { name: 'Store', exact: true })).toBeVisible()
})

test('a late heartbeat makes a worker suspect before it is offline', async ({ page, cluster }) => {
  cluster.run()
  await open(page, cluster)
  cluster.state.workers[2]!.lastHeartbeat = new Date(Date.now() - 5_000).toISOString()
  await expect(page.locator(`${card(2)} [data-test=status]`)).toHaveText('SUSPECT')
})

test('a worker that is back catches up with a bar and is online in the end', async ({
  page,
  cluster,
}) => {
  degraded(cluster)
  recovering(cluster)
  await open(page, cluster)
  await expect(page.locator(`${card(1)} [data-test=status]`)).toHaveText('RECOVERING')
  await expect(page.getByRole('progressbar', { name: 'Recovery of Worker 1' })).toHaveAttribute(
    'aria-valuenow',
    '68',
  )
  cluster.state.work = []
  cluster.state.setStatus(1, 'ONLINE', 'Worker 1 is back ONLINE')
  await expect(page.locator(`${card(1)} [data-test=status]`)).toHaveText('ONLINE')
  await expect(page.locator('[data-test=work]')).toHaveCount(0)
})

test('a newer build is offered, not forced, and asked for once', async ({ page, cluster }) => {
  await open(page, cluster)
  await page.evaluate(() => Object.assign(window, { marker: 1 }))
  const note = page.locator('[data-test=reload]')
  const own = await page.locator('meta[name=rondo-build]').getAttribute('content')
  cluster.state.build = own
  cluster.publish()
  cluster.state.build = 'aaaa'
  cluster.publish()
  await expect(note).toContainText('The controller serves a newer dashboard')
  expect(await page.evaluate(() => 'marker' in window)).toBe(true)
  await note.getByRole('button', { name: 'Later' }).click()
  cluster.publish()
  await expect(note).toHaveCount(0)
  await page.route('**/assets/MetricsPage-*.js', (route) => route.fulfill({ status: 404 }))
  await page.locator('a[href="#/metrics"]').first().click()
  await expect(note).toBeVisible()
  await note.getByRole('button', { name: 'Later' }).click()
  cluster.state.build = 'bbbb'
  cluster.publish()
  await note.getByRole('button', { name: 'Reload' }).click()
  await page.waitForFunction(() => !('marker' in window))
})

test('where the feed was silent charts have a gap', async ({ page, cluster }) => {
  await open(page, cluster)
  const strokes = async (): Promise<number> => {
    const line = page.locator('[data-node="0"] svg path[stroke-width="1.5"]')
    return ((await line.getAttribute('d')) ?? '').split('M').length - 1
  }
  await page.waitForTimeout(2_500)
  expect(await strokes()).toBe(1)
  cluster.pause()
  await page.waitForTimeout(5_500)
  let t = 60
  cluster.run(() => traffic(cluster, ++t))
  await expect.poll(strokes).toBe(2)
})

test('a worker that is no member is shown as such and asked for nothing', async ({
  page,
  cluster,
}) => {
  Object.assign(cluster.state.workers[3]!, { member: false, status: 'JOINING' })
  await open(page, cluster)
  await expect(page.locator('[data-node="3"] [data-test=complaint]')).toContainText('no member')
  await expect(page.getByText('3 of 3 online')).toBeVisible()
  const options = page.locator('[data-test=target] option', { hasText: 'Worker 3' })
  await expect(options).toHaveText(/no member/)
  await expect(options).toBeDisabled()
})

test('what comes in is shown though the browser gives no pictures', async ({ page, cluster }) => {
  await page.addInitScript(() => Reflect.set(window, 'requestAnimationFrame', () => 0))
  await open(page, cluster)
  cluster.pause()
  cluster.state.workers[0]!.status = 'OFFLINE'
  cluster.publish()
  await expect(page.locator('[data-node="0"]')).toContainText('OFFLINE')
})
