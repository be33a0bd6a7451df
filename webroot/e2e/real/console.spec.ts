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
      ['GET', 404, 'not found'],
    ]
    for (const [method, status, shown] of steps) {
      const answer = await ask(page, method, key, `of ${target}`)
      expect(answer.status).toBe(status)
      expect(origins).toContain(answer.origin)
      expect(answer.coordinator).toMatch(/^[0-3]$/)
      await expect(latest(page)).toContainText(shown, { ignoreCase: true })
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
  const shown = await rows.evaluateAll((all) => all.map((row) => row.getAttribute('data-ack')))
  expect(shown.map(Number).toSorted()).toEqual(await cluster.owners('acknowledged'))
  await expect(rows.first()).toContainText(/\d\.\d ms(ack|local| ack| local)/)
})
