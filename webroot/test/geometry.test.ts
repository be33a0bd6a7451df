import { expect, test } from 'vitest'
import { angleOf, apart, arcPath, sectorAngles, sectorPath, TAU } from '../src/ring/geometry'
import { RING_SIZE, spanOf, tokensOf, type Token } from '../src/ring/ring'

const crowded = tokensOf(
  Array.from({ length: 16 }, (_, i) => i),
  32,
)

test('no sector is inside out or wider than what its token owns, however close tokens lie', () => {
  crowded.forEach((_, i) => {
    const [from, to] = sectorAngles(crowded, i)
    const span = (spanOf(crowded, i) / RING_SIZE) * TAU
    expect(to - from).toBeGreaterThanOrEqual(span * 0.79)
    expect(to - from).toBeLessThanOrEqual(span)
  })
})

test('a sector smaller than the gap is drawn as a sliver, not as a full circle', () => {
  const tokens: Token[] = [
    { position: 1_000_000, worker: 0 },
    { position: 1_000_100, worker: 1 },
  ]
  const [from, to] = sectorAngles(tokens, 1)
  expect(to).toBeGreaterThan(from)
  expect(sectorPath(from, to, 158, 196)).toContain('A196 196 0 0 1')
})

test('all sectors and gaps together are the full circle', () => {
  const sum = crowded.reduce((total, _, i) => {
    const [from, to] = sectorAngles(crowded, i)
    const span = (spanOf(crowded, i) / RING_SIZE) * TAU
    return total + (to - from) + Math.min(0.006, span / 5)
  }, 0)
  expect(sum).toBeCloseTo(TAU, 6)
})

test('zero is at twelve o’clock and a quarter of the ring at three', () => {
  expect(angleOf(0)).toBe(0)
  expect(angleOf(RING_SIZE / 4)).toBeCloseTo(Math.PI / 2)
})

test('an arc over more than half of the ring takes the long way round', () => {
  expect(arcPath(0, Math.PI * 1.5, 10)).toContain('A10 10 0 1 1')
  expect(arcPath(TAU - 0.1, 0.1, 10)).toContain('A10 10 0 0 1')
})

test('badges are pushed apart and keep their order', () => {
  const angles = [1, 1.01, 1.02]
  const moved = apart(angles, 0.31)
  expect(moved[1]! - moved[0]!).toBeGreaterThanOrEqual(0.309)
  expect(moved[2]! - moved[1]!).toBeGreaterThanOrEqual(0.309)
  expect(moved[1]).toBeCloseTo(1.01)
})

test('badges that are far apart stay where they are', () => {
  expect(apart([0.5, 3, 5], 0.31)).toEqual([0.5, 3, 5])
})
