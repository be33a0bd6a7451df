import { fileURLToPath } from 'node:url'
import { test as base, type Page } from '@playwright/test'
import { MockCluster } from '../test/mock/controller'
import { healthy, traffic } from '../test/mock/scenarios'

export const WEBROOT = fileURLToPath(new URL('../../target/webroot', import.meta.url))

interface Fixtures {
  /** A healthy cluster of four whose feed ticks. */
  cluster: MockCluster
  /** Whatever the page complained about; empty at the end of every test that does not say otherwise. */
  complaints: string[]
}

export const test = base.extend<Fixtures>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of this pattern
  cluster: async ({}, use) => {
    const cluster = new MockCluster(WEBROOT)
    await cluster.start()
    healthy(cluster)
    let t = 0
    cluster.run(() => traffic(cluster, ++t))
    await use(cluster)
    await cluster.stop()
  },
  complaints: async ({ page }, use) => {
    const complaints: string[] = []
    page.on('pageerror', (error) => complaints.push(String(error)))
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    await use(complaints)
  },
})

export { expect } from '@playwright/test'

/** Opens a page of the dashboard and waits until its feed is live. */
export async function open(page: Page, cluster: MockCluster, hash = '/'): Promise<void> {
  await page.goto(`${cluster.url}/#${hash}`)
  await page.locator('[data-test=link]', { hasText: 'Live' }).waitFor()
}
