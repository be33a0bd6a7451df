import type { Page } from '@playwright/test'
import { WebSocket } from 'ws'
import { shell } from './ask'
import { age, cardsWith, expect, link, open, test } from './cluster'
import { Wire } from './wire'

/** When a key was on three cards. */
async function appearance(page: Page, key: string): Promise<number> {
  const seen = await page.waitForFunction((key) => {
    const contents = [...document.querySelectorAll('[data-test=content]')]
    return contents.filter((one) => one.textContent?.includes(key)).length >= 3 && Date.now()
  }, key)
  return Number(await seen.jsonValue())
}

test.beforeEach(({ cluster }) => cluster.settled())

test('the link is one WebSocket that registers once and asks once', async ({ page, cluster }) => {
  const wire = await Wire.into(page)
  await open(page, cluster)
  await expect.poll(() => wire.snapshots.length).toBeGreaterThan(2)
  expect([wire.opened, wire.open, wire.asked]).toEqual([1, 1, ['register', 'send']])
})

test('a key that curl stores is on the cards of exactly its owners, in every browser', async ({
  page,
  browser,
  cluster,
}) => {
  const other = await browser.newPage()
  await open(page, cluster)
  await open(other, cluster)
  let key = ''
  await expect(async () => {
    key = `stored-from-outside-${Math.random()}`
    const shown = [page, other].map((one) => appearance(one, key))
    const answer = await shell(`curl -s -X PUT ${cluster.worker(2)}/kv/${key} -d 'first letter'`)
    const stored = Date.now()
    expect(JSON.parse(answer)).toMatchObject({ status: 'success' })
    for (const one of shown) expect((await one) - stored).toBeLessThan(1_000)
  }).toPass()
  const owners = await cluster.owners(key)
  expect(owners).toHaveLength(3)
  for (const one of [page, other]) expect(await cardsWith(one, key)).toEqual(owners)
  for (let i = 0; i < 5; i++) await cluster.put(`behind-${i}`, 'x', i % 4)
  const last = await cluster.owners('behind-4')
  await expect.poll(() => cardsWith(page, 'behind-4')).toEqual(last)
  expect(await cardsWith(page, key)).toEqual(owners)
  await other.close()
})

test('an older snapshot, or the same once more, is dropped; a newer one is taken', async ({
  page,
  cluster,
}) => {
  const wire = await Wire.into(page)
  await open(page, cluster)
  wire.silence()
  const { latest } = wire
  const epoch = page.locator('aside dd').last()
  await epoch.evaluate((field) => {
    const epochs: (string | null)[] = []
    Object.assign(window, { epochs })
    new MutationObserver(() => epochs.push(field.textContent)).observe(field, {
      characterData: true,
      subtree: true,
      childList: true,
    })
  })
  wire.send({ ...latest, epoch: 71 })
  wire.send({ ...latest, seq: latest.seq - 1, epoch: 72 })
  wire.send({ ...latest, seq: latest.seq + 1, epoch: 73 })
  await expect(epoch).toHaveText('73')
  wire.send({ ...latest, seq: latest.seq + 1, epoch: 74 })
  wire.send({ ...latest, seq: 1, epoch: 75, controller: { ...latest.controller, id: 'another' } })
  await expect(epoch).toHaveText('75')
  expect(await page.evaluate(() => Reflect.get(window, 'epochs'))).toEqual(['73', '75'])
})

test('ages count on the clock of the controller, without any message, whatever this clock says', async ({
  page,
  cluster,
}) => {
  await page.addInitScript(() => {
    const hour = 3_600_000
    const real = Date.now
    Date.now = () => real() + hour
    const Real = Date
    globalThis.Date = new Proxy(Real, {
      construct: (target, args) =>
        args.length === 0 ? new target(Date.now()) : Reflect.construct(target, args),
    })
  })
  const wire = await Wire.into(page)
  await open(page, cluster)
  expect(await page.evaluate(() => Date.now())).toBeGreaterThan(Date.now() + 3_500_000)
  await expect.poll(() => age(page, 0)).toBeLessThan(4)
  wire.silence()
  const first = await age(page, 0)
  await expect.poll(() => age(page, 0)).toBeGreaterThan(first + 1)
  await expect.poll(() => age(page, 0)).toBeGreaterThan(first + 2)
  expect(await age(page, 0)).toBeLessThan(12)
})

test('nobody but the controller says how the cluster is', async ({ page, cluster }) => {
  await open(page, cluster)
  const { controller, config, epoch } = await cluster.state()
  const seq = Number.MAX_SAFE_INTEGER
  const at = new Date().toISOString()
  const nothing = { workers: [], work: [], events: [] }
  const forged = { cluster: 'forged', epoch, seq, at, config, controller, ...nothing }
  const said: string[] = []
  const socket = new WebSocket(`ws://${cluster.host}/eventbus/websocket`, { origin: cluster.url })
  socket.on('message', (data) => said.push(String(data)))
  await new Promise((done) => socket.once('open', done))
  for (const type of ['publish', 'send']) {
    socket.send(JSON.stringify({ type, address: 'cluster_update', headers: {}, body: forged }))
  }
  await expect.poll(() => said.filter((one) => one.includes('"err"'))).toHaveLength(2)
  socket.terminate()
  const foreign = new WebSocket(`ws://${cluster.host}/eventbus/websocket`, {
    origin: 'http://evil.example',
  })
  const refusal = new Promise((done) => foreign.once('error', (error) => done(error.message)))
  expect(await refusal).toContain('403')
  await cluster.put('after-the-forgery', 'x')
  const owners = await cluster.owners('after-the-forgery')
  await expect.poll(() => cardsWith(page, 'after-the-forgery')).toEqual(owners)
  await expect(page.locator('[data-condition=OFFLINE]')).toHaveCount(0)
  await expect(link(page)).toHaveText('Live')
})
