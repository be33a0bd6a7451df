import type { Page } from '@playwright/test'
import { expect, open, test } from './cluster'
import type { RealCluster } from './process'

const PREFIX = 'spread-'
const KEYS = Array.from({ length: 30 }, (_, i) => `${PREFIX}${String(i).padStart(2, '0')}`)

/** How many workers hold each key. */
async function copies(cluster: RealCluster): Promise<number[]> {
  const held = await Promise.all(cluster.ids.map((id) => cluster.held(id, PREFIX)))
  return KEYS.map((key) => held.filter((keys) => keys.includes(key)).length)
}

async function change(page: Page, cluster: RealCluster, n: number, press: string): Promise<void> {
  await page.locator('#factor').press(press)
  await page.getByRole('button', { name: 'Apply to 4 workers' }).click()
  await expect(page.locator('[data-test=banner]')).toHaveAttribute('data-kind', 'changing')
  await expect(page.locator('[data-test=replication]')).toContainText('both hold')
  await expect(page.locator('[data-test=confirm]')).toHaveCount(0)
  const banner = page.locator('[data-test=banner]')
  await expect(banner).toContainText(`every range has ${n} replicas`, { timeout: 30_000 })
  await cluster.settled(n)
  await expect.poll(() => copies(cluster)).toEqual(KEYS.map(() => n))
}

test('the slider changes how many copies of each key there are, and back', async ({
  page,
  cluster,
}) => {
  await cluster.settled()
  for (const key of KEYS) await cluster.put(key, key)
  await expect.poll(() => copies(cluster)).toEqual(KEYS.map(() => 3))
  await open(page, cluster)
  await change(page, cluster, 2, 'ArrowLeft')
  await expect(page.locator('#factor')).toHaveValue('2')
  await change(page, cluster, 3, 'ArrowRight')
  await expect(page.locator('#factor')).toHaveValue('3')
})
