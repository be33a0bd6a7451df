import { findings } from './axe'
import { expect, open, test } from './cluster'

test('the page of a worker tells the configuration that it holds', async ({ page, cluster }) => {
  await open(page, cluster, '/nodes/1')
  const config = page.getByRole('region', { name: 'Configuration' })
  await expect(config).toContainText(/Epoch\s*7/)
  await expect(config).toContainText(/Virtual nodes\s*10 of 40/)
  await expect(config).toContainText('W0, W1, W2, W3')
  expect(await findings(page)).toEqual([])
})
