import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { useCluster } from '../src/cluster/store'
import { MockState } from './mock/state'

beforeEach(() => {
  vi.stubGlobal('location', { origin: 'http://127.0.0.1:5000', hostname: '127.0.0.1' })
  setActivePinia(createPinia())
})

test('a ring of any size is looked at', () => {
  const state = new MockState(5)
  state.config.vnodes = 1024
  for (const id of [1, 2, 3]) state.workers[id]!.status = 'OFFLINE'
  for (const worker of state.workers) worker.keys = 3_000
  const cluster = useCluster()
  cluster.snapshot = state.snapshot()
  expect(cluster.keys).toBe(5_000)
  expect(cluster.underReplicated).toBeCloseTo(1)
  expect(cluster.answering[0]).toBeGreaterThan(0)
})

test('a change of N multiplies no keys before it has moved any', () => {
  const state = new MockState(4)
  for (const worker of state.workers) worker.keys = 9_000
  const cluster = useCluster()
  cluster.snapshot = state.snapshot()
  expect(cluster.keys).toBe(12_000)
  const former = { replicationFactor: 3, writeQuorum: 2, readQuorum: 2 }
  for (const replicationFactor of [1, 4]) {
    state.config = { ...state.config, replicationFactor, former }
    cluster.snapshot = state.snapshot()
    expect(cluster.keys).toBe(12_000)
  }
})
