import type { Page } from '@playwright/test'
import { each } from './ask'
import { expect, open, test } from './cluster'
import type { RealCluster } from './process'

test.beforeEach(({ cluster }) => cluster.settled())

const PREFIX = 'spread-'
const KEYS = Array.from({ length: 30 }, (_, i) => `${PREFIX}${String(i).padStart(2, '0')}`)

/** How many workers hold each key. */
async function copies(cluster: RealCluster): Promise<number[]> {
  const held = await Promise.all(cluster.ids.map((id) => cluster.held(id, PREFIX)))
  return KEYS.map((key) => held.filter((keys) => keys.includes(key)).length)
}

const slider = (page: Page) => page.locator('#factor')
const confirm = (page: Page) => page.locator('[data-test=confirm]')

async function change(page: Page, cluster: RealCluster, n: number, press: string): Promise<void> {
  await slider(page).press(press)
  await page.getByRole('button', { name: 'Apply to 4 workers' }).click()
  await expect(page.locator('[data-test=banner]')).toHaveAttribute('data-kind', 'changing')
  await expect(page.locator('[data-test=replication]')).toContainText('both hold')
  await expect(confirm(page)).toHaveCount(0)
  const banner = page.locator('[data-test=banner]')
  await expect(banner).toContainText(`every range has ${n} replicas`, { timeout: 30_000 })
  await cluster.settled(n)
  await expect.poll(() => copies(cluster)).toEqual(KEYS.map(() => n))
  await expect(slider(page)).toHaveValue(String(n))
}

test('the slider changes how many copies of each key there are, and back', async ({
  page,
  cluster,
}) => {
  await each(KEYS, 8, async (key) => void (await cluster.put(key, key)))
  await expect.poll(() => copies(cluster)).toEqual(KEYS.map(() => 3))
  await open(page, cluster)
  await change(page, cluster, 2, 'ArrowLeft')
  await change(page, cluster, 3, 'ArrowRight')
  const events = page.getByRole('region', { name: 'Operations timeline' })
  await expect(events).toContainText('config-change-finished')
})

test('the keyboard moves the slider; nothing happens before it is applied', async ({
  page,
  cluster,
}) => {
  await cluster.put('counted', 'x')
  await open(page, cluster)
  await expect.poll(() => page.locator('[data-figure=Keys]').innerText()).not.toBe('0')
  const { epoch } = await cluster.state()
  const steps: [string, string, RegExp][] = [
    ['ArrowLeft', '2', /surplus copies will be deleted.*can't be undone/s],
    ['Home', '1', /surplus copies will be deleted/],
    ['End', '4', /new copies will be made/],
  ]
  for (const [key, n, consequence] of steps) {
    await slider(page).press(key)
    await expect(slider(page)).toHaveValue(n)
    await expect(confirm(page)).toContainText(consequence)
  }
  await confirm(page).getByRole('button', { name: 'Cancel' }).click()
  await expect(slider(page)).toHaveValue('3')
  await slider(page).press('ArrowLeft')
  await slider(page).press('Escape')
  await expect(slider(page)).toHaveValue('3')
  await expect(confirm(page)).toHaveCount(0)
  expect((await cluster.state()).epoch).toBe(epoch)
})

test('the verdict is right for all N, W and R', async ({ page, cluster }) => {
  await open(page, cluster, '/console')
  const panel = page.locator('[data-test=replication]')
  const pick = (group: string, n: number) =>
    panel.getByRole('group', { name: group }).getByText(String(n), { exact: true }).click()
  await slider(page).press('Home')
  for (const n of [1, 2, 3, 4]) {
    await expect(slider(page)).toHaveValue(String(n))
    for (let w = 1; w <= n; w++) {
      await pick('Write quorum W', w)
      for (let r = 1; r <= n; r++) {
        await pick('Read quorum R', r)
        await expect(page.locator('[data-test=verdict]'), `${n} ${w} ${r}`).toContainText(
          r + w > n ? 'R + W > N' : 'R + W ≤ N',
        )
      }
    }
    await slider(page).press('ArrowRight')
  }
})
