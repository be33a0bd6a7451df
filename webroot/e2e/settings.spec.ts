import { expect, open, test } from './cluster'

test('settings are found from the rail, the keyboard and the palette', async ({
  page,
  cluster,
}) => {
  await open(page, cluster)
  const heading = page.getByRole('heading', { name: 'Settings', level: 1 })
  const rail = page.getByRole('navigation', { name: 'Pages' }).getByRole('link', {
    name: 'Settings',
  })
  await rail.click()
  await expect(heading).toBeVisible()
  await expect(rail).toHaveAttribute('aria-current', 'page')
  await page.goto(`${cluster.url}/#/`)
  await page.keyboard.press('g')
  await page.keyboard.press('s')
  await expect(heading).toBeVisible()
  await page.goto(`${cluster.url}/#/`)
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Key, node or action' }).fill('settings')
  await page.keyboard.press('Enter')
  await expect(heading).toBeVisible()
  await expect(page).toHaveTitle(/^Settings/)
})

test('the configuration in force follows the cluster', async ({ page, cluster }) => {
  await open(page, cluster, '/settings')
  const config = page.getByRole('region', { name: 'Configuration in force' })
  await expect(config).toContainText(/Copies of each key, N\s*3/)
  await expect(config).toContainText('R + W > N')
  await expect(config).toContainText(`rondo config get --url ${cluster.url}`)
  await expect(page.getByRole('region', { name: 'Controller' })).toContainText('4710')
  cluster.state.config.replicationFactor = 4
  cluster.state.epoch++
  cluster.publish()
  await expect(config).toContainText(/Copies of each key, N\s*4/)
  await expect(config).toContainText(/In use at\s*0 of 4 workers/)
  await expect(config).toContainText('R + W ≤ N')
})

test('the theme is chosen by keyboard and may be left to the system', async ({ page, cluster }) => {
  await page.emulateMedia({ colorScheme: 'dark' })
  await open(page, cluster, '/settings')
  const html = page.locator('html')
  await expect(page.getByRole('radio', { name: 'System' })).toBeChecked()
  await page.getByRole('radio', { name: 'System' }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(html).toHaveAttribute('data-theme', 'light')
  await page.reload()
  await expect(html).toHaveAttribute('data-theme', 'light')
  await expect(page.getByRole('radio', { name: 'Light' })).toBeChecked()
  await page.getByText('System', { exact: true }).click()
  await expect(html).toHaveAttribute('data-theme', 'dark')
  await page.emulateMedia({ colorScheme: 'light' })
  await expect(html).toHaveAttribute('data-theme', 'light')
})
