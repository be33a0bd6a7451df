import { degraded, recovering, traffic } from '../test/mock/scenarios'
import { expect, open, test } from './cluster'

const card = (id: number): string => `[data-node="${id}"]`

test('the page carries the words that people know it by', async ({ page, cluster }) => {
  await open(page, cluster)
  await expect(page).toHaveTitle(/Distributed Key-Value Store/)
  const words = ['Distributed Key-Value Store', 'Replication Factor', 'Cluster Nodes']
  for (const word of [...words, 'Client Interface', 'SYSTEM OUTPUT']) {
    await expect(page.getByText(word, { exact: true }).first()).toBeVisible()
  }
  await expect(page.getByText(`Controller running on port ${cluster.port}`)).toBeVisible()
  await expect(page.locator('[data-test=target]')).toContainText('Worker 2 (Direct)')
  await expect(page.getByRole('button', { name: 'Store', exact: true })).toBeVisible()
})

test('the link is a WebSocket that registers once and asks once', async ({ page, cluster }) => {
  await open(page, cluster)
  const types = cluster.bridge.heard.filter((one) => one.type !== 'ping').map((one) => one.type)
  expect(types).toEqual(['register', 'send'])
})

test('a worker that dies turns red by itself, with its word, its sectors and a banner', async ({
  page,
  cluster,
}) => {
  await open(page, cluster)
  await page.evaluate(() => Object.assign(window, { marker: 1 }))
  degraded(cluster)
  cluster.publish()
  const dead = page.locator(card(1))
  await expect(dead.locator('[data-test=status]')).toHaveText('OFFLINE')
  await expect(dead).toHaveCSS('border-top-color', 'rgb(212, 32, 47)')
  await expect(dead).toContainText('Last known')
  await expect(page.locator('path[data-worker="1"]')).toHaveAttribute('fill', /^url\(#/)
  await expect(page.locator('[data-test=banner]')).toContainText('Worker 1 is offline')
  await expect(page.locator('[data-test=banner]')).toContainText('72.7% of the key space')
  expect(await page.evaluate(() => (window as { marker?: number }).marker)).toBe(1)
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

test('the age of a heartbeat grows without any message, on the clock of the server', async ({
  page,
  cluster,
}) => {
  cluster.pause()
  cluster.state.skew = 3_600_000
  traffic(cluster, 0)
  await open(page, cluster)
  const age = page.locator(`${card(0)} [data-test=age]`)
  await expect(age).toHaveText(/^[01]\.\d s ago$/)
  await expect(age).toHaveText(/^2\.\d s ago$/)
})

test('an older snapshot is dropped, one of a new controller is taken', async ({
  page,
  cluster,
}) => {
  await open(page, cluster)
  cluster.pause()
  const old = structuredClone(cluster.state.snapshot())
  cluster.publish()
  cluster.bridge.publish({ ...old, epoch: 99 })
  const epoch = page.locator('aside dd').last()
  cluster.publish()
  await expect(epoch).toHaveText('7')
  cluster.bridge.publish({ ...old, seq: 1, epoch: 8, controller: { ...old.controller, id: 'b' } })
  await expect(epoch).toHaveText('8')
})

test('a lost controller is said at once, and the page is live again when it is back', async ({
  page,
  cluster,
}) => {
  await open(page, cluster)
  await cluster.vanish()
  const link = page.locator('[data-test=link]')
  await expect(link).toHaveText('Disconnected', { timeout: 1_000 })
  await expect(page.locator(`${card(0)} [data-test=status]`)).toHaveText('WAS ONLINE')
  await expect(page.locator('[data-test=banner]')).toContainText('Lost the controller')
  await expect(page.locator('#factor')).toBeDisabled()

  cluster.state.controllerId = 'controller-2'
  cluster.state.seq = 1
  await cluster.serve()
  // It also tries by itself, and may be quicker: then the button is gone.
  await page
    .getByRole('button', { name: 'Retry now' })
    .click({ timeout: 2_000 })
    .catch(() => undefined)
  await expect(link).toHaveText('Live', { timeout: 15_000 })
  await expect(page.locator(`${card(0)} [data-test=status]`)).toHaveText('ONLINE')
  expect(cluster.bridge.connections).toBe(1)
})

test('silence is stale after four seconds and given up after eight', async ({ page, cluster }) => {
  await open(page, cluster)
  cluster.pause()
  const link = page.locator('[data-test=link]')
  await expect(link).toHaveText('Stale', { timeout: 6_000 })
  cluster.publish()
  await expect(link).toHaveText('Live')
})

test('two browsers show the same', async ({ browser, page, cluster }) => {
  await open(page, cluster)
  const other = await browser.newPage()
  await open(other, cluster)
  cluster.state.store('shared', 'x')
  cluster.publish()
  for (const one of [page, other]) {
    await expect(one.locator('[data-test=content]', { hasText: 'shared' })).toHaveCount(3)
  }
  await other.close()
})

test('an empty cluster says how to store the first key', async ({ page, cluster }) => {
  cluster.run()
  for (const worker of cluster.state.workers) {
    Object.assign(worker, { keys: 0, bytes: 0, recent: [] })
  }
  await open(page, cluster)
  await expect(page.locator('[data-test=banner]')).toContainText('Cluster is ready')
  await expect(page.locator('[data-test=banner] code')).toContainText('/kv/alpha')
  await expect(page.getByText('No data stored.')).toHaveCount(4)
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
