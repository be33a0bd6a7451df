import type { Page } from '@playwright/test'
import { expect, latest, open, request, test } from './cluster'

test.beforeEach(({ cluster }) => cluster.settled())

type Method = 'PUT' | 'GET' | 'DELETE'

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
    coordinator: await answer.headerValue('X-Rondo-Coordinator'),
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
    complaints.foresee(`/kv/${key}`, /status of 404/)
    await page.locator('[data-test=target]').selectOption(target)
    const steps: [Method, number, string][] = [
      ['PUT', 200, '"status":"success"'],
      ['GET', 200, `"value": "of ${target}"`],
      ['DELETE', 200, '"status":"success"'],
      ['GET', 404, 'key_not_found'],
    ]
    for (const [method, status, shown] of steps) {
      const answer = await ask(page, method, key, `of ${target}`)
      expect(answer.status).toBe(status)
      expect(origins).toContain(answer.origin)
      expect(answer.coordinator).toMatch(/^[0-3]$/)
      await expect(latest(page)).toContainText(shown)
    }
    const calm = 'rgb(245, 185, 70)'
    await expect(latest(page).getByText('404', { exact: true })).toHaveCSS('color', calm)
  }
})

test('the waterfall shows who acknowledged a write', async ({ page, cluster }) => {
  await open(page, cluster, '/console')
  await page.getByLabel('Consistency').selectOption('all')
  await request(page, 'PUT', 'acknowledged', 'x')
  const rows = latest(page).locator('[data-ack]')
  await expect(rows).toHaveCount(3)
  await expect(latest(page)).toContainText('(3 of 3 copies)')
  // A stand-in may have been quicker than an owner; it says for whom it keeps the copy.
  const owners = (await rows.allTextContents()).map((text) => {
    const hint = /hint for W(\d)/.exec(text)
    return Number(hint?.[1] ?? /^\s*W(\d)/.exec(text)?.[1])
  })
  expect(owners.toSorted()).toEqual(await cluster.owners('acknowledged'))
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
