import { expect, test } from 'vitest'
import { absenceOf, type Absence } from '../src/cluster/absence'
import { aliveIds } from '../src/cluster/condition'
import { MockCluster } from './mock/controller'
import { degraded, healthy } from './mock/scenarios'
import { MockState } from './mock/state'

function stateOf(scenario: 'healthy' | 'degraded'): MockState {
  const cluster = new MockCluster('')
  healthy(cluster)
  if (scenario === 'degraded') degraded(cluster)
  return cluster.state
}

function without(id: number, state: MockState): Absence & { fact(name: string): string } {
  const snapshot = state.snapshot()
  const absence = absenceOf(snapshot.workers[id]!, {
    snapshot,
    tokens: state.tokens,
    alive: aliveIds(snapshot),
    now: state.now(),
  })
  return { ...absence, fact: (name) => new Map(absence.facts).get(name) ?? '' }
}

test('an online worker: who is sent elsewhere, what it holds, how many copies remain', () => {
  const state = stateOf('healthy')
  Object.assign(state.workers[1]!, { readsPerSecond: 880, writesPerSecond: 300, hints: 12 })
  const { lead, fact, reach } = without(1, state)
  expect(lead).toContain('process 4712 is stopped cleanly and started at once')
  expect(fact('Requests now')).toBe('1,180/s: 880 reads, 300 writes')
  expect(fact('Keys')).toBe('9,187, 8.1 MiB')
  expect(fact('Owner of')).toMatch(/^[67]\d(\.\d)?% of the key space$/)
  expect(fact('Copies there meanwhile')).toBe('2 of 3')
  expect(fact('Hints that it keeps for others')).toBe('12')
  expect(reach).toEqual({ sound: true, text: 'reads and writes still meet R=2 and W=2.' })
})

test('an offline worker is started; nothing that it serves is lost by that', () => {
  const state = stateOf('degraded')
  const { lead, fact, reach } = without(1, state)
  expect(lead).toMatch(/^It is offline and was heard of 2\d s ago. Its process is started/)
  expect(fact('Requests now')).toBe('none, it is offline')
  expect(fact('Keys when last heard of')).toBe('9,187, 8.1 MiB')
  expect(fact('Hints that wait for it')).toBe('783')
  expect(reach?.sound).toBe(true)
})

test('a second one that goes takes reads with it, and that is said', () => {
  const { fact, reach } = without(2, stateOf('degraded'))
  expect(fact('Copies there meanwhile')).toBe('1 to 2 of 3')
  expect(reach?.sound).toBe(false)
  expect(reach?.text).toMatch(/^\d+(\.\d)?% of the key space cannot be read with R=2\.$/)
})

test('the only worker has nobody to take its place', () => {
  const state = new MockState(1)
  Object.assign(state.config, { replicationFactor: 1, writeQuorum: 1, readQuorum: 1 })
  const { lead, fact, reach } = without(0, state)
  expect(lead).toContain('nobody answers in its place')
  expect(fact('Owner of')).toBe('100% of the key space')
  expect(fact('Copies there meanwhile')).toBe('0 of 1')
  expect(reach?.text).toBe('100% of the key space cannot be read with R=1.')
})

test('what nobody told is not known', () => {
  const state = stateOf('degraded')
  Object.assign(state.workers[1]!, { epoch: null, lastHeartbeat: null, pid: null })
  state.work = []
  const { lead, fact } = without(1, state)
  expect(lead).toContain('has not been heard of')
  expect(fact('Keys when last heard of')).toBe('not known')
  expect(fact('Hints that wait for it')).toBe('none known')
  expect(fact('Hints that it keeps for others')).toBe('not known')
})

test('without a ring nothing is said of copies', () => {
  const state = stateOf('healthy')
  const snapshot = state.snapshot()
  const view = { snapshot, tokens: [], alive: aliveIds(snapshot), now: state.now() }
  const { facts, reach } = absenceOf(snapshot.workers[0]!, view)
  expect(facts.map(([name]) => name)).not.toContain('Copies there meanwhile')
  expect(reach).toBeNull()
})

test('while the quorums change nobody is told that all is well', () => {
  const state = stateOf('healthy')
  state.config.former = { replicationFactor: 2, writeQuorum: 2, readQuorum: 1 }
  expect(without(1, state).reach).toMatchObject({ sound: false })
})
