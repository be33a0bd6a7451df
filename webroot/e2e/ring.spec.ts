import { expect, open, test } from './cluster'

test('what a fifth worker would move is said before anything moves', async ({ page, cluster }) => {
  await open(page, cluster, '/ring')
  await expect(page.locator('[data-test=moved]')).toContainText('10.9% of the key space')
  expect(cluster.asked.filter((one) => one.method !== 'GET')).toEqual([])
})
