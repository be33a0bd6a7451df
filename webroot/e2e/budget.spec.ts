import { readdirSync, readFileSync, statSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { MockCluster } from '../test/mock/controller'

const WEBROOT = new URL('../../target/webroot', import.meta.url).pathname
const BUDGET = 130_000

test('the scripts of the first page weigh at most 130 kB compressed', async ({ page }) => {
  const cluster = new MockCluster(WEBROOT)
  await cluster.start()
  const loaded: string[] = []
  page.on('request', (request) => {
    if (request.url().endsWith('.js')) loaded.push(new URL(request.url()).pathname)
  })
  await page.goto(cluster.url, { waitUntil: 'networkidle' })
  await cluster.stop()
  const weigh = (path: string): number => statSync(`${WEBROOT}${path}.gz`).size
  const initial = loaded.reduce((sum, path) => sum + weigh(path), 0)
  const assets = readdirSync(`${WEBROOT}/assets`).filter((name) => name.endsWith('.js'))
  const total = assets.reduce((sum, name) => sum + weigh(`/assets/${name}`), 0)
  test.info().annotations.push({ type: 'weight', description: `${initial} of ${total} bytes` })
  process.stdout.write(`  scripts: ${initial} bytes at first, ${total} with all pages\n`)
  expect(loaded.length).toBeGreaterThan(1)
  expect(initial).toBeLessThanOrEqual(BUDGET)
})

test('every text file has its compressed forms beside it', () => {
  for (const name of readdirSync(`${WEBROOT}/assets`).filter((one) => /\.(js|css)$/.test(one))) {
    for (const suffix of ['gz', 'br']) {
      expect(readFileSync(`${WEBROOT}/assets/${name}.${suffix}`).length).toBeGreaterThan(20)
    }
  }
})
