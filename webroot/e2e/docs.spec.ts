import { expect, open, test } from './cluster'

test('the API is described by what the controller serves, found from rail, keyboard and palette', async ({
  page,
  cluster,
  complaints,
}) => {
  await open(page, cluster)
  const heading = page.getByRole('heading', { name: 'API docs', level: 1 })
  await page
    .getByRole('navigation', { name: 'Pages' })
    .getByRole('link', { name: 'API docs' })
    .click()
  await expect(heading).toBeVisible()
  await expect(page).toHaveTitle(/^API docs/)
  await page.goto(`${cluster.url}/#/`)
  await page.keyboard.press('g')
  await page.keyboard.press('d')
  await expect(heading).toBeVisible()
  const put = page.locator('[data-test=putKey]')
  await put.locator('summary').focus()
  await page.keyboard.press('Enter')
  await expect(put).toContainText('Copies to wait for')
  await expect(put).toContainText('504')
  await expect(put.locator('[data-test=command]')).toContainText(
    `curl -X PUT -H 'Content-Type: text/plain' --data-binary 'a value' '${cluster.url}/kv/alpha'`,
  )
  expect(complaints).toEqual([])
})

test('without a description the page says so, and it may be asked for again', async ({
  page,
  cluster,
}) => {
  await page.route('**/openapi.json', (route) => route.fulfill({ status: 503, body: '' }))
  await open(page, cluster, '/docs')
  await expect(page.getByRole('alert')).toContainText('could not be read')
  await page.unroute('**/openapi.json')
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('heading', { name: 'Keys', level: 2 })).toBeVisible()
})
