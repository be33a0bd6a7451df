import { expect, test } from 'vitest'
import { joiningSteps } from '../src/cluster/joining'
import { MockState } from './mock/state'

const ORIGIN = 'http://127.0.0.1:5000'

function commands(config: object, origin = ORIGIN): (string | undefined)[] {
  const state = new MockState(4)
  Object.assign(state.config, config)
  return joiningSteps(state.snapshot(), origin).map((step) => step.command)
}

test('one worker more takes an export, a new cluster and an import', () => {
  expect(commands({})).toEqual([
    'rondo export keys.ndjson',
    undefined,
    'java -jar rondo.jar --supervisor.workers 5 --data data-5',
    'rondo import keys.ndjson',
  ])
})

test('the new cluster keeps the quorums and the virtual nodes of this one', () => {
  const quorums = { replicationFactor: 2, writeQuorum: 1, readQuorum: 2, vnodes: 64 }
  expect(commands(quorums)[2]).toMatch(
    / --ring.replicationFactor 2 --ring.writeQuorum 1 --ring.readQuorum 2 --ring.vnodes 64$/,
  )
})

test('commands name a controller that is elsewhere', () => {
  expect(commands({}, 'http://10.0.0.10:5000')[0]).toContain('--url http://10.0.0.10:5000')
})

test('a worker that is no member is not counted', () => {
  const state = new MockState(5)
  state.workers[4]!.member = false
  expect(joiningSteps(state.snapshot(), ORIGIN)[2]!.command).toContain('workers 5')
})
