import { expect, test } from '@playwright/test'

const url = process.env.RONDO_URL ?? ''

test('a key stored from the page shows up on exactly its owners', async ({ page }) => {
  await page.goto(url)
  await expect(page.locator('[data-test=link]')).toHaveText('Live', { timeout: 15_000 })
  const key = `seen-${Date.now().toString(36)}`
  await page.getByLabel('Key', { exact: true }).fill(key)
  await page.getByLabel('Value').fill('from the page')
  await page.getByRole('button', { name: 'Store', exact: true }).click()
  await expect(page.locator('[data-test=entry]').first()).toContainText('"status":"success"')
  const owners = await page.locator('[data-owner]').count()
  await expect(page.locator('[data-test=content]', { hasText: key })).toHaveCount(owners)
})
