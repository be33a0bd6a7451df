import { each } from './ask'
import { expect, open, test } from './cluster'

test.beforeEach(({ cluster }) => cluster.settled())

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

test('hash and owners of 200 keys, at once as they are typed, are those that the workers say', async ({
  page,
  cluster,
}) => {
  await open(page, cluster, '/ring')
  const keys = Array.from({ length: 200 }, (_, i) => `key:${i * 7919}:${i % 3 === 0 ? 'é' : 'x'}`)
  await page.getByLabel('Key to locate on the ring').focus()
  const shown = await page.evaluate(typed, keys)
  await each([...keys.entries()], 8, async ([i, key]) => {
    const answer = await fetch(`${cluster.worker(i % 4)}/ring/keys/${encodeURIComponent(key)}`)
    const { position, owners } = (await answer.json()) as {
      position: number
      owners: { id: number }[]
    }
    expect(shown[i]!.owners, key).toEqual(owners.map((owner) => owner.id))
    expect(shown[i]!.hash, key).toBe(`0x${position.toString(16).padStart(8, '0')}`)
  })
})

/** The angles of the sectors in the data of an SVG path, in radians. */
function spans(path: string): number[] {
  return path
    .split('Z')
    .filter((part) => part !== '')
    .map((part) => {
      const [, x1, y1, large, x2, y2] =
        /^M([-\d.]+) ([-\d.]+)A[\d.]+ [\d.]+ 0 ([01]) 1 ([-\d.]+) ([-\d.]+)/.exec(part)!.map(Number)
      const turn = Math.atan2(x2!, -y2!) - Math.atan2(x1!, -y1!)
      const span = (turn + 4 * Math.PI) % (2 * Math.PI)
      expect(span > Math.PI).toBe(large === 1)
      return span
    })
}

test('the sectors make up the whole circle, none is more than its share, and others step back', async ({
  page,
  cluster,
}) => {
  await open(page, cluster)
  const sectors = page.locator('path[data-worker]')
  await expect(sectors).toHaveCount(4)
  const { workers } = await cluster.state()
  let whole = 0
  for (const { id, share } of workers) {
    const path = (await page.locator(`path[data-worker="${id}"]`).getAttribute('d'))!
    const found = spans(path)
    expect(found).toHaveLength(10)
    const sum = found.reduce((total, span) => total + span, 0)
    expect(sum).toBeLessThanOrEqual(share * 2 * Math.PI + 0.001)
    expect(sum).toBeGreaterThan(share * 2 * Math.PI - 10 * 0.0061)
    whole += sum
  }
  expect(whole).toBeGreaterThan(2 * Math.PI - 40 * 0.0061)
  await page.getByRole('button', { name: /^W2 .*of the key space/ }).focus()
  await expect(page.locator('path[data-worker="2"]')).toHaveAttribute('opacity', '1')
  await expect(page.locator('path[data-worker="0"]')).toHaveAttribute('opacity', '0.14')
  await page.locator('#main').focus()
  await page.getByRole('button', { name: /^W1 .*of the key space/ }).hover()
  await expect(page.locator('path[data-worker="1"]')).toHaveAttribute('opacity', '1')
  await expect(page.locator('path[data-worker="2"]')).toHaveAttribute('opacity', '0.14')
})
