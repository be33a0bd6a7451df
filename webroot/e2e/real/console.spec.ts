import type { Page } from '@playwright/test'
import { shell } from './ask'
import { expect, latest, open, request, test } from './cluster'

test.beforeEach(({ cluster }) => cluster.settled())

type Method = 'PUT' | 'GET' | 'DELETE'
const CALM = 'rgb(245, 185, 70)'

/** Sends a request from the form; says what came back over the wire and from where. */
async function ask(page: Page, method: Method, key: string, value: string) {
  const answered = page.waitForResponse(
    (one) => one.url().includes(`/kv/${key}`) && one.request().method() === method,
  )
  await request(page, method, key, value)
  const answer = await answered
  await expect(latest(page)).toContainText(`${method} ${key}`)
  return {
    status: answer.status(),
    origin: new URL(answer.url()).origin,
    coordinator: Number(await answer.headerValue('X-Rondo-Coordinator')),
  }
}

test('the client interface stores, fetches and deletes by every target', async ({
  page,
  cluster,
  complaints,
}) => {
  const workers = cluster.ids.map((id) => cluster.worker(id))
  const targets: [string, string[]][] = [
    ...workers.map((url, id): [string, string[]] => [String(id), [url]]),
    ['auto', workers],
    ['controller', [cluster.url]],
  ]
  await open(page, cluster, '/console')
  for (const [target, origins] of targets) {
    const key = `by-${target}`
    const owners = await cluster.owners(key)
    complaints.foresee(`/kv/${key}`, /status of 404/)
    await page.locator('[data-test=target]').selectOption(target)
    const steps: [Method, number, string][] = [
      ['PUT', 200, '"status":"success"'],
      ['GET', 200, `value of ${key}`],
      ['DELETE', 200, '"status":"success"'],
      ['GET', 404, '"detail"'],
    ]
    for (const [method, status, shown] of steps) {
      const answer = await ask(page, method, key, `value of ${key}`)
      expect(answer).toMatchObject({ status })
      expect(origins).toContain(answer.origin)
      // An owner coordinates what it is asked itself; others pass it on to one.
      const chosen = workers.indexOf(answer.origin)
      if (owners.includes(chosen)) expect(answer.coordinator).toBe(chosen)
      else expect(owners).toContain(answer.coordinator)
      await expect(latest(page)).toContainText(shown)
    }
    await expect(latest(page).getByText('404', { exact: true })).toHaveCSS('color', CALM)
  }
})

test('the waterfall shows who acknowledged a write', async ({ page, cluster }) => {
  await open(page, cluster, '/console')
  await page.getByLabel('Consistency').selectOption('all')
  await request(page, 'PUT', 'acknowledged', 'x')
  const rows = latest(page).locator('[data-ack]')
  await expect(latest(page)).toContainText(/\((\d) of \d copies\)/)
  // A stand-in may have been as quick as a slow owner; it says for whom it keeps the copy.
  const owners = (await rows.allTextContents()).map((text) => {
    const hint = /hint for W(\d)/.exec(text)
    return Number(hint?.[1] ?? /^\s*W(\d)/.exec(text)?.[1])
  })
  expect([...new Set(owners)].toSorted()).toEqual(await cluster.owners('acknowledged'))
  await expect(rows.first()).toContainText(/\d\.\d ms/)
})

test('a copy behind the answer appears in the waterfall, with its time, within a second', async ({
  page,
  cluster,
}) => {
  await open(page, cluster, '/console')
  await page.getByLabel('Consistency').selectOption('one')
  const behind = latest(page).locator('[data-background=true]')
  // All copies may have been there before the answer; then there is nothing to wait for.
  await expect(async () => {
    await request(page, 'PUT', 'followed', `${Math.random()}`)
    await expect(behind).not.toHaveCount(0, { timeout: 500 })
  }).toPass()
  await expect(latest(page)).toContainText(/client answered at .* \([12] of 3 copies\)/)
  await expect(latest(page).locator('[data-ack]')).toHaveCount(3)
  for (const row of await behind.all()) {
    await expect(row).toContainText(/\d\.\d ms background/, { timeout: 1_000 })
  }
})

test('the copied command, run by a shell, gives the reply that the page got', async ({
  page,
  cluster,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await open(page, cluster, '/console')
  await page.locator('[data-test=target]').selectOption('0')
  const copied = async (): Promise<string> => {
    await page.getByRole('button', { name: 'curl' }).click()
    await expect(page.getByText('Copied the command').last()).toBeVisible()
    return page.evaluate(() => navigator.clipboard.readText())
  }
  const key = `it's "a" / $(b) é%20\\..`
  const value = `line 1\n'quoted' "twice" $HOME \\ @x é\n`
  const client = page.locator('[data-test=client]')
  await client.getByLabel('Key', { exact: true }).fill(key)
  await client.getByLabel('Value').fill(value)
  const answer = await shell(`${await copied()} -s`)
  expect(answer).toContain('HTTP/1.1 200')
  expect(answer).toContain('"status":"success"')
  await request(page, 'GET', key)
  await expect(latest(page)).toContainText('200')
  const shown = JSON.parse(await latest(page).locator('pre').innerText()) as { value: string }
  expect(shown.value).toBe(value)
  const [head, body] = (await shell(`${await copied()} -s`)).split('\r\n\r\n')
  expect(body).toBe(value)
  expect(head).toContain('HTTP/1.1 200')
})

test('markup in keys and values stays text on every page', async ({ page, cluster }) => {
  const markup = '<img src=x onerror="window.hacked=1">'
  for (const key of [markup, '__proto__', 'constructor']) await cluster.put(key, markup)
  const owner = (await cluster.owners(markup))[0]!
  const inspected = `/keys/${encodeURIComponent(markup)}`
  await open(page, cluster, '/console')
  await request(page, 'GET', markup)
  await expect(latest(page)).toContainText('onerror')
  for (const hash of ['/', `/keys?worker=${owner}`, '/keys', inspected, '/keys/__proto__']) {
    await page.goto(`${cluster.url}/#${hash}`)
    await expect(page.locator('main')).toContainText('<img src=x')
    await expect(page.locator('main img')).toHaveCount(0)
  }
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false)
})

test('raw bytes are shown as hex, a mebibyte is cut, and neither can be edited by accident', async ({
  page,
  cluster,
}) => {
  await cluster.put('raw', Uint8Array.of(0xff, 0xfe, 0x00, 0x41))
  await cluster.put('big', 'x'.repeat(2 ** 20))
  await open(page, cluster, '/keys/raw')
  const value = page.locator('[data-test=value]')
  await expect(value).toContainText('ff fe 00 41')
  await page.getByRole('button', { name: 'Edit value' }).click()
  await expect(page.getByText('These bytes are no text')).toBeVisible()
  await page.goto(`${cluster.url}/#/keys/big`)
  await expect(value).toContainText('983040 more bytes')
  await page.getByRole('button', { name: 'Edit value' }).click()
  await expect(page.getByText('too long for a text field')).toBeVisible()
  await page.goto(`${cluster.url}/#/console`)
  await request(page, 'GET', 'big')
  await expect(latest(page)).toContainText('983040 more bytes')
})

test('a missing key is calm, the keyboard sends, and the arrow keys bring requests back', async ({
  page,
  cluster,
  complaints,
}) => {
  complaints.foresee('/kv/nowhere', /status of 404/)
  await open(page, cluster, '/console')
  const key = page.getByLabel('Key', { exact: true })
  await key.focus()
  await page.keyboard.type('one')
  await page.keyboard.press('Tab')
  await page.keyboard.type('1')
  await page.keyboard.press('Control+Enter')
  await expect(latest(page)).toContainText('PUT one')
  await request(page, 'GET', 'nowhere')
  await expect(latest(page).getByText('404', { exact: true })).toHaveCSS('color', CALM)
  await key.press('ArrowUp')
  await key.press('ArrowUp')
  await expect(key).toHaveValue('one')
  await expect(page.getByLabel('Value')).toHaveValue('1')
})

test('the names on the metrics page are those of the workers', async ({ page, cluster }) => {
  await open(page, cluster, '/metrics')
  const chips = page.locator('[data-test=metric]')
  await expect(chips).toHaveCount(3)
  const samples = (await (await fetch(`${cluster.worker(0)}/metrics`)).text()).split('\n')
  for (const name of await chips.allTextContents()) {
    expect(
      samples.some((line) => line.startsWith(`${name.trim()}{`)),
      name,
    ).toBe(true)
  }
})
