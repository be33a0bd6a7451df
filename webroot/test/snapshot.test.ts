import { expect, test } from 'vitest'
import fixture from '../../src/test/resources/cluster-update.json'
import { isSnapshot, replaces, type Snapshot } from '../src/cluster/snapshot'

// The compiler checks the fixture against the types here; the controller's tests write the same one.
const typed = fixture as Snapshot

test('the fixture that the controller is held to is a snapshot with the fields of the types', () => {
  expect(isSnapshot(fixture)).toBe(true)
  expect(typed.workers.map((worker) => worker.status)).toEqual(['ONLINE', 'OFFLINE'])
  expect(typed.workers[0]!.recent[0]).toMatchObject({ key: 'alpha', primary: true, size: 5 })
  expect(typed.config.former?.replicationFactor).toBe(2)
  expect(typed.work.map((work) => work.kind)).toEqual(['hints', 'rebalance'])
  expect(typed.events[0]).toMatchObject({ kind: 'worker_offline', worker: 1 })
})

test('a newer message of the same controller replaces, an older or equal one does not', () => {
  expect(replaces(typed, null)).toBe(true)
  expect(replaces({ ...typed, seq: typed.seq + 1 }, typed)).toBe(true)
  expect(replaces(typed, typed)).toBe(false)
  expect(replaces({ ...typed, seq: typed.seq - 1 }, typed)).toBe(false)
})

test('a new controller replaces whatever its numbers are', () => {
  const restarted = { ...typed, seq: 1, controller: { ...typed.controller, id: 'other' } }
  expect(replaces(restarted, typed)).toBe(true)
})

test('one whose HTTP side began anew replaces too: its clock may have been set back', () => {
  const anew = { ...typed.controller, startedAt: '2026-01-01T00:00:00.000Z' }
  expect(replaces({ ...typed, seq: 1, controller: anew }, typed)).toBe(true)
})

test.each([null, 'text', {}, { seq: 1 }, { ...fixture, workers: {} }])('%j is none', (it) => {
  expect(isSnapshot(it)).toBe(false)
})
