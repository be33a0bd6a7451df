import {
  cardsWith,
  expect,
  isSameWindow,
  latest,
  link,
  open,
  request,
  status,
  test,
} from './cluster'

test.beforeEach(({ cluster }) => cluster.settled())

test('a worker that is killed turns red and comes back, without a reload', async ({
  page,
  cluster,
}) => {
  await open(page, cluster)
  const killed = cluster.pid(1)
  const fell = page.waitForFunction(() => {
    const card = document.querySelector<HTMLElement>('[data-node="1"][data-status=OFFLINE]')
    const banner = document.querySelector('[data-test=banner][data-kind=offline]')
    if (!card || !banner) return null
    const word = card.querySelector('[data-test=status]')!.textContent!.trim()
    return { word, border: getComputedStyle(card).borderTopColor, banner: banner.textContent }
  })
  cluster.kill9(1)
  expect(await (await fell).jsonValue()).toMatchObject({
    word: 'OFFLINE',
    border: 'rgb(212, 32, 47)',
    banner: expect.stringContaining('Worker 1 is offline'),
  })
  await expect(status(page, 1)).toHaveText('ONLINE', { timeout: 30_000 })
  expect(cluster.pid(1)).not.toBe(killed)
  await expect(page.locator('[data-test=banner]')).not.toContainText('offline')
  expect(await isSameWindow(page)).toBe(true)
})

test('a key that curl stores is on the cards of exactly its owners', async ({ page, cluster }) => {
  await open(page, cluster)
  const key = 'stored-from-outside'
  expect(await cluster.put(key, 'x', 2)).toMatchObject({ status: 200 })
  const owners = await cluster.owners(key)
  expect(owners).toHaveLength(3)
  await expect.poll(() => cardsWith(page, key)).toEqual(owners)
  for (let i = 0; i < 5; i++) await cluster.put(`behind-${i}`, 'x', i % 4)
  const last = await cluster.owners('behind-4')
  await expect.poll(() => cardsWith(page, 'behind-4')).toEqual(last)
  expect(await cardsWith(page, key)).toEqual(owners)
})

test('without the controller workers still take writes, and the page finds it again', async ({
  page,
  cluster,
  complaints,
}) => {
  complaints.foresee(cluster.host, /ERR_CONNECTION_(REFUSED|RESET)/)
  await open(page, cluster)
  await page.locator('[data-test=target]').selectOption('2')
  await cluster.killController()
  await expect(link(page)).toHaveText('Disconnected')
  for (const id of cluster.ids) await expect(status(page, id)).toHaveText('WAS ONLINE')
  await request(page, 'PUT', 'meanwhile', 'written')
  await expect(latest(page)).toContainText('"status":"success"')

  cluster.startController()
  await expect(link(page)).toHaveText('Live', { timeout: 30_000 })
  for (const id of cluster.ids) await expect(status(page, id)).toHaveText('ONLINE')
  await cluster.put('afterwards', 'x')
  const owners = await cluster.owners('afterwards')
  await expect.poll(() => cardsWith(page, 'afterwards')).toEqual(owners)
  expect(await isSameWindow(page)).toBe(true)
})

test('a controller that hangs makes the page stale, not wrong', async ({ page, cluster }) => {
  await open(page, cluster)
  cluster.stopController()
  try {
    await expect(link(page)).toHaveText('Stale', { timeout: 10_000 })
  } finally {
    cluster.contController()
  }
  await expect(link(page)).toHaveText('Live', { timeout: 15_000 })
  expect(await isSameWindow(page)).toBe(true)
})
