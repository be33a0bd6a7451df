import { degraded } from '../test/mock/scenarios'
import { expect, open, test } from './cluster'

test('moving the slider asks in numbers; cancelling and Esc restore', async ({ page, cluster }) => {
  await open(page, cluster)
  const slider = page.locator('#factor')
  await slider.press('ArrowLeft')
  const confirm = page.locator('[data-test=confirm]')
  await expect(confirm).toContainText('About 12,480 surplus copies will be deleted')
  await expect(confirm).toContainText("This can't be undone.")
  await confirm.getByRole('button', { name: 'Cancel' }).click()
  await expect(slider).toHaveValue('3')
  await slider.press('End')
  await expect(confirm).toContainText('About 12,480 new copies will be made')
  await slider.press('Escape')
  await expect(slider).toHaveValue('3')
  await expect(confirm).toHaveCount(0)
  expect(cluster.asked.filter((one) => one.method === 'PATCH')).toEqual([])
})

test('applying sends the proposal with the epoch it was based on, and follows the answer', async ({
  page,
  cluster,
}) => {
  await open(page, cluster)
  await page.locator('#factor').press('Home')
  await expect(page.locator('[data-test=verdict]')).toContainText('R + W > N')
  await expect(page.locator('[data-test=confirm]')).toContainText(
    `rondo config set n=1 w=1 r=1 --epoch 7 --url ${cluster.url}`,
  )
  await page.getByRole('button', { name: 'Apply to 4 workers' }).click()
  await expect(page.locator('[data-test=confirm]')).toHaveCount(0)
  const patch = cluster.asked.find((one) => one.method === 'PATCH')
  expect(patch).toMatchObject({ path: '/cluster/config', match: '"7"' })
  expect(JSON.parse(patch!.body)).toEqual({ replicationFactor: 1, writeQuorum: 1, readQuorum: 1 })
  await expect(page.locator('#factor')).toHaveValue('1')
  await expect(page.getByText('N=1 W=1 R=1')).toBeVisible()
})

test('quorums that do not meet are called so', async ({ page, cluster }) => {
  await open(page, cluster)
  await page.getByRole('group', { name: 'Read quorum R' }).getByText('1').click()
  await expect(page.locator('[data-test=verdict]')).toContainText('R + W ≤ N')
})

test('the change of somebody else moves an idle slider and is told to who is editing', async ({
  page,
  cluster,
}) => {
  await open(page, cluster)
  const change = (n: number): void => {
    cluster.state.config.replicationFactor = n
    cluster.state.epoch++
    cluster.publish()
  }
  change(4)
  const slider = page.locator('#factor')
  await expect(slider).toHaveValue('4')
  await slider.press('Home')
  change(3)
  await expect(page.locator('[data-test=confirm]')).toContainText('Changed elsewhere to N=3')
  await expect(slider).toHaveValue('1')
  await page.getByRole('button', { name: 'Apply to 4 workers' }).click()
  await expect(page.getByRole('alert')).toContainText('Somebody else changed')
})

test('more copies than online workers are warned about', async ({ page, cluster }) => {
  degraded(cluster)
  await open(page, cluster)
  await page.locator('#factor').press('End')
  await expect(page.locator('[data-test=confirm]')).toContainText('Only 3 of 4 workers are online')
})
