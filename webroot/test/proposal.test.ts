import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, nextTick, type EffectScope } from 'vue'
import { useCluster } from '../src/cluster/store'
import { useProposal, type Proposal } from '../src/components/replication/proposal'
import { MockState } from './mock/state'

let state: MockState
let scope: EffectScope
let proposal: Proposal
const controller = vi.fn<typeof fetch>()

async function publish(n: number): Promise<void> {
  state.config = { ...state.config, replicationFactor: n }
  useCluster().snapshot = state.snapshot()
  await nextTick()
}

async function want(n: number): Promise<void> {
  proposal.choose({ replicationFactor: n })
  await nextTick()
}

function answers(status: number, body: object): void {
  controller.mockResolvedValueOnce(new Response(JSON.stringify(body), { status }))
}

const basedOn = (): string =>
  new Headers(controller.mock.calls.at(-1)![1]!.headers).get('If-Match')!

beforeEach(async () => {
  vi.useFakeTimers()
  vi.stubGlobal('location', { origin: 'http://127.0.0.1:5000' })
  vi.stubGlobal('fetch', controller)
  setActivePinia(createPinia())
  state = new MockState(4)
  await publish(3)
  scope = effectScope()
  proposal = scope.run(useProposal)!
})

afterEach(() => {
  scope.stop()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

test('only a change that came first is blamed on somebody else', async () => {
  await want(2)
  answers(409, { code: 'stale_epoch', detail: 'The change is based on another epoch than 8' })
  await proposal.apply()
  expect(proposal.fault.value).toContain('Somebody else changed')
  answers(409, { code: 'change_in_progress', detail: 'The change of epoch 7 is not over' })
  await proposal.apply()
  expect(proposal.fault.value).toBe('The change of epoch 7 is not over')
})

test('a change that settles while the next one is considered does not stand in its way', async () => {
  await want(2)
  answers(200, { epoch: 8 })
  await proposal.apply()
  await want(1)
  state.epoch = 8
  await publish(2)
  answers(409, { code: 'change_in_progress', detail: 'The change of epoch 8 is not over' })
  await proposal.apply()
  state.epoch = 9
  await publish(2)
  expect(proposal.fault.value).toBe('')
  answers(200, { epoch: 10 })
  await proposal.apply()
  expect(basedOn()).toBe('"9"')
})

test('other quorums in force are not what a proposal is based on', async () => {
  await want(1)
  state.epoch = 8
  await publish(4)
  expect(proposal.elsewhere.value).toContain('N=4')
  answers(409, { code: 'stale_epoch' })
  await proposal.apply()
  expect(basedOn()).toBe('"7"')
})

test('what is wrong with one proposal is not said of the next', async () => {
  await want(2)
  answers(422, { code: 'impossible_config', detail: 'This is not possible' })
  await proposal.apply()
  expect(proposal.fault.value).toBe('This is not possible')
  await want(3)
  await want(1)
  expect(proposal.fault.value).toBe('')
})

test('the command is what is sent, with the epoch that it was based on', async () => {
  await want(1)
  expect(proposal.command.value).toBe('rondo config set n=1 w=1 r=1 --epoch 7')
})

test('a slider that goes too far and back takes nothing of W and R with it', async () => {
  await want(1)
  await want(2)
  expect(proposal.wanted.value).toMatchObject({ writeQuorum: 2, readQuorum: 2 })
  proposal.choose({ writeQuorum: 1 })
  await want(1)
  await want(3)
  expect(proposal.wanted.value).toMatchObject({ writeQuorum: 1, readQuorum: 2 })
})

test('Esc while a change is sent does not propose its reverse', async () => {
  await want(2)
  answers(200, { epoch: 8 })
  const applied = proposal.apply()
  proposal.cancel()
  await applied
  state.epoch = 8
  await publish(2)
  expect(proposal.editing.value).toBe(false)
  expect(proposal.wanted.value.replicationFactor).toBe(2)
})
