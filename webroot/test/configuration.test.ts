import { expect, test } from 'vitest'
import { clusterConfiguration, controllerFacts, detectionFacts } from '../src/cluster/configuration'
import { MockState } from './mock/state'

const facts = (told: readonly (readonly [string, string])[]): Record<string, string> =>
  Object.fromEntries(told)

test('quorums that a change leaves behind are told of', () => {
  const state = new MockState(4)
  state.config.former = { replicationFactor: 2, writeQuorum: 2, readQuorum: 1 }
  const told = facts(clusterConfiguration(state.snapshot()))
  expect(told['Holds as well, until all is moved']).toBe('N=2 W=2 R=1')
})

test('a configuration is in use where a worker says so that is there', () => {
  const state = new MockState(4)
  const used = (): string | undefined => facts(clusterConfiguration(state.snapshot()))['In use at']
  expect(used()).toBe('4 of 4 workers')
  state.setStatus(1, 'OFFLINE', '')
  state.workers[2]!.epoch = 6
  expect(used()).toBe('2 of 4 workers')
})

test('the controller is told of with what the feed says, and more where it answers', () => {
  const snapshot = new MockState(4).snapshot()
  const alone = facts(controllerFacts(snapshot, null))
  expect(alone).toMatchObject({ Cluster: 'rondo', 'HTTP port': '5000', 'Up for': '40 m 0 s' })
  expect(alone).not.toHaveProperty('Process')
  expect(facts(controllerFacts(snapshot, { pid: 12, supervisedWorkers: 0 }))).toMatchObject({
    Process: '12',
    'Workers that it starts itself': '0',
  })
})

test('when silence counts as what', () => {
  expect(detectionFacts(new MockState(1).snapshot()).map(([, value]) => value)).toEqual([
    '3.0 s',
    '4.2 s',
    '8.0 s',
  ])
})
