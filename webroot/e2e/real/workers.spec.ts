import {
  age,
  cardsWith,
  expect,
  isSameWindow,
  latest,
  link,
  open,
  request,
  status,
  statuses,
  test,
} from './cluster'
import { Wire } from './wire'

test.beforeEach(({ cluster }) => cluster.settled())

const RED = 'rgb(212, 32, 47)'

test('a worker that is killed turns red within two seconds and comes back, without a reload', async ({
  page,
  cluster,
}) => {
  await open(page, cluster)
  const killed = cluster.pid(1)
  const fell = page.waitForFunction(() => {
    const card = document.querySelector<HTMLElement>('[data-node="1"][data-status=OFFLINE]')
    const banner = document.querySelector('[data-test=banner][data-kind=offline]')
    if (!card || !banner) return null
    return {
      at: Date.now(),
      word: card.querySelector('[data-test=status]')!.textContent!.trim(),
      border: getComputedStyle(card).borderTopColor,
      sectors: document.querySelector('path[data-worker="1"]')!.getAttribute('fill'),
      banner: banner.textContent,
    }
  })
  const at = Date.now()
  await cluster.killWorker(1)
  const seen = (await (await fell).jsonValue())!
  expect(seen).toMatchObject({
    word: 'OFFLINE',
    border: RED,
    sectors: expect.stringMatching(/^url\(#/),
    banner: expect.stringContaining('Worker 1 is offline'),
  })
  expect(seen.at - at).toBeLessThan(2_000)
  await expect(status(page, 1)).toHaveText('ONLINE', { timeout: 30_000 })
  expect(cluster.pid(1)).not.toBe(killed)
  await expect(page.locator('[data-test=banner]')).not.toContainText('offline')
  expect(await isSameWindow(page)).toBe(true)
})

test('a worker that hangs is suspect first, offline within nine seconds, and comes back', async ({
  page,
  cluster,
}) => {
  await open(page, cluster)
  const seen = await statuses(page, 3)
  cluster.freeze(3)
  try {
    await expect(page.locator('[data-node="3"]')).toHaveCSS('border-top-color', RED, {
      timeout: 9_000,
    })
    await expect(status(page, 3)).toHaveText('OFFLINE')
  } finally {
    cluster.thaw(3)
  }
  await expect(status(page, 3)).toHaveText('ONLINE', { timeout: 30_000 })
  expect((await seen()).slice(0, 2)).toEqual(['SUSPECT', 'OFFLINE'])
})

test('without the controller workers still take writes, and the page finds it again', async ({
  page,
  cluster,
  complaints,
}) => {
  complaints.foresee(cluster.host, /ERR_CONNECTION_(REFUSED|RESET)/)
  const wire = await Wire.into(page)
  await open(page, cluster)
  await page.locator('[data-test=target]').selectOption('2')
  const gone = page.waitForFunction(
    () => document.querySelector('[data-test=link]')?.textContent?.trim() === 'Disconnected',
  )
  const at = Date.now()
  await cluster.killController()
  await gone
  expect(Date.now() - at).toBeLessThan(test.info().retry === 0 ? 1_000 : 3_000)
  for (const id of cluster.ids) await expect(status(page, id)).toHaveText('WAS ONLINE')
  await expect(page.locator('[data-test=banner]')).toContainText(/Showing the last state, [\d.]+ s/)
  await request(page, 'PUT', 'meanwhile', 'written')
  await expect(latest(page)).toContainText('"status":"success"')

  cluster.startController()
  await expect(link(page)).toHaveText('Live', { timeout: 30_000 })
  for (const id of cluster.ids) {
    await expect(status(page, id)).toHaveText('ONLINE', { timeout: 20_000 })
  }
  await cluster.put('afterwards', 'x')
  const owners = await cluster.owners('afterwards')
  await expect.poll(() => cardsWith(page, 'afterwards')).toEqual(owners)
  expect(wire.open).toBe(1)
  expect(wire.asked.filter((one) => one === 'register')).toHaveLength(2)
  expect(await isSameWindow(page)).toBe(true)
})

test('a controller that hangs makes the page stale, not wrong: ages grow', async ({
  page,
  cluster,
}) => {
  await open(page, cluster)
  const before = await age(page, 0)
  cluster.freeze('controller')
  const at = Date.now()
  try {
    await expect(link(page)).toHaveText('Stale', { timeout: 6_000 })
    expect(await age(page, 0)).toBeGreaterThan(before + (Date.now() - at) / 1000 - 4)
    await expect.poll(() => age(page, 0)).toBeGreaterThan(4)
  } finally {
    cluster.thaw('controller')
  }
  await expect(link(page)).toHaveText('Live', { timeout: 15_000 })
  await expect.poll(() => age(page, 0)).toBeLessThan(4)
  expect(await isSameWindow(page)).toBe(true)
})

test('a worker is restarted from its page', async ({ page, cluster, complaints }) => {
  complaints.foresee(`${cluster.worker(0)}/`, /ERR_CONNECTION_(REFUSED|RESET)/)
  await open(page, cluster, '/nodes/0')
  await expect(page.getByRole('heading', { name: 'Verticles' })).toBeVisible()
  await expect(page.locator('[data-verticle=persistence]')).toContainText('running')
  const before = cluster.pid(0)
  const seen = await statuses(page, 0)
  await page.getByRole('button', { name: 'Restart', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Restart Worker 0' })
  await expect(dialog).toContainText(`Its process ${before} is stopped cleanly`)
  await expect(dialog).toContainText(`rondo restart 0 --url ${cluster.url}`)
  await dialog.getByRole('button', { name: 'Restart' }).click()
  await expect(page.getByText('Worker 0 is being restarted')).toBeVisible()
  await expect.poll(async () => (await seen()).length, { timeout: 30_000 }).toBeGreaterThan(1)
  await expect(status(page, 0)).toHaveText('ONLINE', { timeout: 30_000 })
  expect(cluster.pid(0)).not.toBe(before)
  await expect(page.getByRole('region', { name: 'Events' })).toContainText('restart-requested')
})

test('a verticle is redeployed from the page of its worker while the worker serves', async ({
  page,
  cluster,
}) => {
  await open(page, cluster, '/nodes/1')
  const row = page.locator('[data-verticle=router]')
  await expect(row).toContainText('running')
  const generation = Number(await row.locator('td').nth(1).innerText())
  await row.getByRole('button', { name: 'Redeploy router' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Redeploy' }).click()
  await expect(page.getByText('Worker 1: router was replaced')).toBeVisible({ timeout: 20_000 })
  await expect(row.locator('td').nth(1)).toHaveText(String(generation + 1))
  await expect(page.getByRole('region', { name: 'Events' })).toContainText('verticle-redeployed')
})
