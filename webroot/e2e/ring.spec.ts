import { findings } from './axe'
import { expect, open, test } from './cluster'

test('what a fifth worker would move is said before anything moves', async ({ page, cluster }) => {
  await open(page, cluster, '/ring')
  await expect(page.locator('[data-test=moved]')).toContainText('10.9% of the key space')
  expect(cluster.asked.filter((one) => one.method !== 'GET')).toEqual([])
})

test('who adds a worker sees what it would move, and how it is really done', async ({
  page,
  cluster,
}) => {
  await open(page, cluster)
  await page.getByRole('link', { name: 'Add worker' }).click()
  await expect(page.getByRole('heading', { name: 'What if' })).toBeFocused()
  await expect(page.locator('[data-test=moved]')).toContainText('10.9% of the key space')
  const moves = page.locator('[data-test=moves]')
  await moves.locator('summary').click()
  await expect(moves.locator('tbody tr').first()).toContainText('→ W4')
  await expect(moves.locator('tbody tr')).toHaveCount(10)
  const joining = page.locator('[data-test=joining]')
  const commands = joining.locator('[data-test=command]')
  await expect(commands.nth(0)).toContainText('export keys.ndjson')
  await expect(commands.nth(1)).toContainText('--supervisor.workers 5 --data data-5')
  await expect(commands.nth(2)).toContainText('import keys.ndjson')
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    expect(await findings(page), colorScheme).toEqual([])
  }
  await page.getByLabel('Nothing is changed by looking').selectOption('1')
  await expect(joining).toHaveCount(0)
  expect(cluster.asked.filter((one) => one.method !== 'GET')).toEqual([])
})
