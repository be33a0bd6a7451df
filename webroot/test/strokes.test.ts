import { expect, test } from 'vitest'
import { alone, strokesOf } from '../src/components/charts/strokes'

const shape = (times: number[], values: (number | null)[]): number[][] =>
  strokesOf(times, values, 100, 28).map((stroke) => stroke.map(([x]) => Math.round(x)))

test('a line ends where nothing is known and begins anew behind it, where it belongs in time', () => {
  expect(shape([0, 10, 11, 90, 100], [1, 2, null, 3, 4])).toEqual([
    [0, 10],
    [90, 100],
  ])
  expect(shape([0, 50, 100], [1, 2, null])).toEqual([[0, 50]])
  expect(shape([0, 100], [null, null])).toEqual([])
  expect(shape([], [])).toEqual([])
})

test('the first moment is drawn over the whole width', () => {
  expect(shape([7], [3])).toEqual([[0, 100]])
})

test('a value between two gaps is found, so that it can be drawn as a point', () => {
  expect(alone([null, 3, null, 4, 5, null, 6])).toEqual([1, 6])
  expect(alone([1, 2, 3])).toBeNull()
})
