import { createHash } from 'node:crypto'
import { degraded } from '../test/mock/scenarios'
import { expect, open, test } from './cluster'

const hash = (text: string): number => createHash('md5').update(text).digest().readUInt32BE(0)

/** The owners by the rule of the ring, written down once more and independent of the page's code. */
function ownersByRule(key: string, workers: number, vnodes: number, n: number): number[] {
  const tokens: [number, number][] = []
  for (let w = 0; w < workers; w++) {
    for (let v = 0; v < vnodes; v++) tokens.push([hash(`worker-${w}-vnode-${v}`), w])
  }
  tokens.sort((a, b) => a[0] - b[0] || a[1] - b[1])
  const at = tokens.findIndex(([position]) => position >= hash(key))
  const walk = [...tokens.slice(Math.max(at, 0)), ...tokens.slice(0, Math.max(at, 0))]
  return [...new Set(walk.map(([, worker]) => worker))].slice(0, n)
}

interface Shown {
  readonly hash: string
  readonly owners: readonly number[]
}

/** Runs in the page: puts each key into the field that has the focus and reads what is shown. */
async function typed(keys: readonly string[]): Promise<Shown[]> {
  const field = document.activeElement as HTMLInputElement
  const shown: Shown[] = []
  for (const key of keys) {
    field.value = key
    field.dispatchEvent(new Event('input'))
    await new Promise((resolve) => setTimeout(resolve, 0))
    const owners = [...document.querySelectorAll<HTMLElement>('[data-owner]')]
    shown.push({
      hash: document.querySelector('[data-test=hash]')?.textContent ?? '',
      owners: owners.map((one) => Number(one.dataset.owner)),
    })
  }
  return shown
}

test('the owners of 200 keys, as they are typed, are those of the rule', async ({
  page,
  cluster,
}) => {
  await open(page, cluster, '/ring')
  const keys = Array.from({ length: 200 }, (_, i) => `key:${i * 7919}:${i % 3 === 0 ? 'é' : 'x'}`)
  await page.getByLabel('Key to locate on the ring').focus()
  const shown = await page.evaluate(typed, keys)
  keys.forEach((key, i) => {
    expect(shown[i]!.owners, key).toEqual(ownersByRule(key, 4, 10, 3))
    expect(shown[i]!.hash, key).toBe(`0x${hash(key).toString(16).padStart(8, '0')}`)
  })
})

test('pointing at a worker dims the others', async ({ page, cluster }) => {
  await open(page, cluster)
  await page.getByRole('button', { name: /^W2 .*of the key space/ }).focus()
  await expect(page.locator('path[data-worker="2"]')).toHaveAttribute('opacity', '1')
  await expect(page.locator('path[data-worker="0"]')).toHaveAttribute('opacity', '0.14')
})

test('a dead replica is shown as hinted, with who holds the hint', async ({ page, cluster }) => {
  degraded(cluster)
  await open(page, cluster)
  await page.getByLabel('Key to locate on the ring').fill('alpha')
  await expect(page.locator('[data-owner="1"]')).toContainText('W1 hinted on W3')
})

test('what a fifth worker would move is said before anything moves', async ({ page, cluster }) => {
  await open(page, cluster, '/ring')
  await expect(page.locator('[data-test=moved]')).toContainText('10.9% of the key space')
  expect(cluster.asked.filter((one) => one.method !== 'GET')).toEqual([])
})
