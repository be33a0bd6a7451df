import { test as base, type Locator, type Page } from '@playwright/test'
import { RealCluster } from './process'

/** Two workers are in the hands of the controller, two in those of the tests. */
const SIZE = {
  workers: 4,
  supervised: 2,
  // Little room for hints and little bandwidth for repair, so that there is a recovery to look at.
  settings: { hints: { bytesMax: 1 << 18 }, repair: { bytesPerSecond: 1 << 20 } },
}

interface Fixtures {
  /** What the page complained about beyond what a test foresees; checked after every test. */
  complaints: Complaints
}

/** Errors on the page's console and violations of its content security policy. */
export class Complaints {
  private readonly heard: string[] = []
  private readonly foreseen: ((complaint: string) => boolean)[] = []

  /** What Chromium itself reports of an address although the page deals with it. */
  foresee(address: string, pattern: RegExp): void {
    this.foreseen.push((one) => one.includes(address) && pattern.test(one))
  }

  hear(complaint: string): void {
    this.heard.push(complaint)
  }

  get unforeseen(): string[] {
    return this.heard.filter((one) => !this.foreseen.some((is) => is(one)))
  }
}

export const test = base.extend<Fixtures, { cluster: RealCluster }>({
  cluster: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of this pattern
    async ({}, use) => {
      const cluster = await RealCluster.start(SIZE)
      await use(cluster)
      await cluster.stop()
    },
    { scope: 'worker', timeout: 200_000 },
  ],
  complaints: [
    async ({ page }, use) => {
      const complaints = new Complaints()
      page.on('pageerror', (error) => complaints.hear(String(error)))
      page.on('console', (message) => {
        if (message.type() === 'error') {
          complaints.hear(`${message.text()} ${message.location().url}`)
        }
      })
      await page.addInitScript(() => {
        document.addEventListener('securitypolicyviolation', (event) => {
          console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`)
        })
      })
      await use(complaints)
      expect(complaints.unforeseen).toEqual([])
    },
    { auto: true },
  ],
})

export const expect = test.expect

/** Opens a page of the dashboard, marks its window and waits until its feed is live. */
export async function open(page: Page, cluster: RealCluster, hash = '/'): Promise<void> {
  await page.goto(`${cluster.url}/#${hash}`)
  await expect(link(page)).toHaveText('Live', { timeout: 15_000 })
  await page.evaluate(() => Object.assign(window, { marker: 1 }))
}

/** Says whether this is still the window that was opened. */
export function isSameWindow(page: Page): Promise<boolean> {
  return page.evaluate(() => 'marker' in window)
}

export const link = (page: Page): Locator => page.locator('[data-test=link]')
export const status = (page: Page, id: number): Locator =>
  page.locator(`[data-node="${id}"] [data-test=status]`)
export const latest = (page: Page): Locator => page.locator('[data-test=entry]').first()

/** All states that the card of a worker shows, from now on. */
export async function statuses(page: Page, id: number): Promise<() => Promise<string[]>> {
  const name = `statuses${id}`
  await status(page, id).evaluate((pill, name) => {
    const seen: string[] = []
    Reflect.set(window, name, seen)
    const look = (): void => {
      const state = (pill as HTMLElement).dataset.condition!
      if (seen.at(-1) !== state) seen.push(state)
    }
    new MutationObserver(look).observe(pill, { attributes: true })
  }, name)
  return () => page.evaluate((name) => Reflect.get(window, name) as string[], name)
}

/** How many seconds ago a worker was last heard of, as its card says. */
export async function age(page: Page, id: number): Promise<number> {
  const text = await page.locator(`[data-node="${id}"] [data-test=age]`).textContent()
  return Number.parseFloat(text ?? '')
}

/** The workers on whose cards a key is. */
export function cardsWith(page: Page, key: string): Promise<number[]> {
  return page
    .locator('[data-node]')
    .filter({ has: page.locator('[data-test=content]', { hasText: key }) })
    .evaluateAll((cards) => cards.map((card) => Number((card as HTMLElement).dataset.node)).sort())
}

/** Fills in the form of the client interface and sends it. */
export async function request(
  page: Page,
  method: 'PUT' | 'GET' | 'DELETE',
  key: string,
  value = '',
): Promise<void> {
  const client = page.locator('[data-test=client]')
  await client.getByText(method, { exact: true }).first().click()
  await client.getByLabel('Key', { exact: true }).fill(key)
  if (method === 'PUT') await client.getByLabel('Value').fill(value)
  const labels = { PUT: 'Store', GET: 'Fetch', DELETE: 'Delete' }
  await client.getByRole('button', { name: labels[method], exact: true }).click()
  if (method === 'DELETE') await client.getByRole('button', { name: 'Really delete' }).click()
}
