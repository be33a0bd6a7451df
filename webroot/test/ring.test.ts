import { describe, expect, test } from 'vitest'
import vectors from '../../src/test/resources/ring-vectors.json'
import { positionOf } from '../src/ring/md5'
import { placementOf } from '../src/ring/placement'
import {
  coverage,
  movesOf,
  preferenceOf,
  RING_SIZE,
  sharesOf,
  spanOf,
  tokensOf,
  type Token,
} from '../src/ring/ring'

const moved = (...rings: [Token[], Token[]]): number =>
  movesOf(...rings).reduce((sum, move) => sum + move.share, 0)
const four = tokensOf([0, 1, 2, 3], 10)

describe.each(vectors.rings)('the ring of workers $workers with $vnodes vnodes', (golden) => {
  const tokens = tokensOf(golden.workers, golden.vnodes)

  test('starts with the golden tokens', () => {
    expect(tokens.slice(0, golden.first.length)).toMatchObject(golden.first)
  })

  test('gives every worker its golden share', () => {
    const shares = sharesOf(tokens)
    for (const [worker, share] of Object.entries(golden.primaryShare)) {
      expect(shares.get(Number(worker))).toBeCloseTo(share as number, 5)
    }
  })

  test('gives every key its golden owners', () => {
    for (const [key, owners] of Object.entries(golden.owners3)) {
      const found = preferenceOf(tokens, positionOf(key), 3).map((token) => token.worker)
      expect(found).toEqual(owners)
    }
  })
})

test('the spans of all tokens are the whole ring', () => {
  const sum = four.reduce((total, _, i) => total + spanOf(four, i), 0)
  expect(sum).toBe(RING_SIZE)
  expect(spanOf(four.slice(0, 1), 0)).toBe(RING_SIZE)
})

test('with one of four workers gone, no part of the key space has less than two of three owners', () => {
  const parts = coverage(four, 3, new Set([0, 2, 3]))
  expect(parts.reduce((a, b) => a + b, 0)).toBeCloseTo(1)
  expect(parts[0]! + parts[1]!).toBe(0)
  expect(parts[2]).toBeGreaterThan(0.5)
})

test('of what a worker owns, the others have one copy less than N, and the rest is not counted', () => {
  const parts = coverage(four, 3, new Set([0, 2, 3]), 1)
  const owned = four.reduce((sum, token, i) => {
    const owners = preferenceOf(four, token.position, 3).map((owner) => owner.worker)
    return sum + (owners.includes(1) ? spanOf(four, i) / RING_SIZE : 0)
  }, 0)
  expect(parts).toEqual([0, 0, expect.closeTo(owned), 0])
})

test('a fifth worker takes about a fifth of the key space, and nothing else moves', () => {
  const five = tokensOf([0, 1, 2, 3, 4], 10)
  expect(moved(four, four)).toBe(0)
  expect(moved(four, five)).toBeCloseTo(sharesOf(five).get(4)!, 9)
})

test('a dead owner is stood in for by the next live worker after the owners', () => {
  const placement = placementOf('alpha', four, 3, new Set([1]))
  expect(placement.replicas.map((replica) => replica.worker)).toEqual([0, 1, 2])
  expect(placement.replicas.map((replica) => replica.standIn)).toEqual([null, 3, null])
})

test('a dead owner without a live worker left has nobody to stand in', () => {
  const placement = placementOf('alpha', four, 3, new Set([1, 3]))
  expect(placement.replicas[1]).toMatchObject({ dead: true, standIn: null })
})

test('where there are fewer workers than copies, every part of the key space lacks some', () => {
  const parts = coverage(tokensOf([0, 1], 4096), 3, new Set([0, 1]))
  expect(parts).toEqual([0, 0, expect.closeTo(1), 0])
})

test('what moves to a newcomer is each of its ranges, from whoever had it', () => {
  const [before, after] = [tokensOf([0, 1, 2, 3], 10), tokensOf([0, 1, 2, 3, 4], 10)]
  const moves = movesOf(before, after)
  expect(moves).toHaveLength(10)
  expect(moves.every((move) => move.to === 4 && move.from !== 4)).toBe(true)
  expect(moves.map((move) => move.upTo)).toEqual(
    after.filter((token) => token.worker === 4).map((token) => token.position),
  )
  const share = moves.reduce((sum, move) => sum + move.share, 0)
  expect(share).toBeCloseTo(sharesOf(after).get(4)!, 12)
  expect(movesOf(before, before)).toEqual([])
})
