import { expect, test } from 'vitest'
import { complaintOf, uptimeOf } from '../src/cluster/condition'
import { MockState } from './mock/state'

const [worker] = new MockState(1).snapshot().workers
const started = Date.parse(worker!.startedAt!)

test('a worker is up since its process started, and longer with every second', () => {
  expect(uptimeOf(worker!, started + 5_000)).toBe(5_000)
  expect(uptimeOf(worker!, started + 6_000)).toBe(6_000)
})

test('a worker that is offline, or whose start is not known, is not called up', () => {
  expect(uptimeOf({ ...worker!, status: 'OFFLINE' }, started + 5_000)).toBeNull()
  expect(uptimeOf({ ...worker!, startedAt: null }, started + 5_000)).toBeNull()
})

test('what a worker says against itself is told while it answers', () => {
  const full = { ...worker!, diskFull: true, mayCoordinate: false }
  expect(complaintOf(worker!)).toBe('')
  expect(complaintOf(full)).toContain('disk is full')
  expect(complaintOf({ ...full, diskFull: false })).toContain('coordinates no writes')
  expect(complaintOf({ ...full, diskFull: false, status: 'RECOVERING' })).toBe('')
  expect(complaintOf({ ...full, status: 'OFFLINE' })).toBe('')
  expect(complaintOf({ ...full, epoch: null })).toBe('')
})
