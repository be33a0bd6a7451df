import { expect, test } from 'vitest'
import { nodeConfiguration } from '../src/cluster/ringView'
import NodeConfig from '../src/components/nodes/NodeConfig.vue'
import { drawn, textOf } from './drawn'
import { MockState } from './mock/state'

const facts = (told: readonly (readonly [string, string])[]): Record<string, string> =>
  Object.fromEntries(told)

test('what a worker goes by, and where it is behind', () => {
  const state = new MockState(4)
  const told = facts(nodeConfiguration(state.ring(), 1, 7))
  expect(told).toMatchObject({
    Epoch: '7',
    'Copies of each key, N': '3',
    'Write quorum, W': '2',
    'Read quorum, R': '2',
    'Virtual nodes': '10 of 40',
    'First owner of': '24.9% of the key space',
    'Members that it knows': 'W0, W1, W2, W3',
  })
  expect(facts(nodeConfiguration(state.ring(), 1, 8))['Epoch']).toBe('7, the cluster has 8')
})

test('quorums that a change leaves behind at a worker are told of', () => {
  const state = new MockState(4)
  state.config.former = { replicationFactor: 2, writeQuorum: 2, readQuorum: 1 }
  const told = facts(nodeConfiguration(state.ring(), 1, 7))
  expect(told['Holds as well, until all is moved']).toBe('N=2 W=2 R=1')
})

test('a worker that is no member has no part of the ring', () => {
  const ring = { ...new MockState(4).ring(), vnodes: 10 }
  expect(facts(nodeConfiguration(ring, 9, 7))).toMatchObject({
    'Virtual nodes': '0 of 40',
    'First owner of': '0% of the key space',
  })
})

test('before a worker has answered nothing is claimed of its configuration', async () => {
  const snapshot = new MockState(4).snapshot()
  const html = await drawn(NodeConfig, { worker: snapshot.workers[0] }, snapshot)
  expect(textOf(html)).toBe('Configuration That of the cluster Asking it…')
})
