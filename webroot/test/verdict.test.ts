import { expect, test } from 'vitest'
import { bannerOf } from '../src/cluster/banner'
import { aliveIds, complaintOf, conditionOf, emptiness, onlineIds } from '../src/cluster/condition'
import { clamped, consequenceOf, verdictOf } from '../src/cluster/verdict'
import { MockState } from './mock/state'

const quorums = (n: number, w: number, r: number) => ({
  replicationFactor: n,
  writeQuorum: w,
  readQuorum: r,
})

test('the verdict is sound exactly where every read quorum meets every write quorum', () => {
  for (let n = 1; n <= 5; n++) {
    for (let w = 1; w <= n; w++) {
      for (let r = 1; r <= n; r++) expect(verdictOf(quorums(n, w, r)).sound).toBe(r + w > n)
    }
  }
})

test('lowering N takes W and R with it', () => {
  expect(clamped(quorums(3, 2, 3), 2)).toEqual(quorums(2, 2, 2))
  expect(clamped(quorums(2, 1, 1), 4)).toEqual(quorums(4, 1, 1))
})

test('a change says in numbers what it will do', () => {
  const lowered = consequenceOf(quorums(3, 2, 2), quorums(2, 2, 2), 12_480)
  expect(lowered.text).toContain('12,480 surplus copies')
  expect(lowered.final).toBe(true)
  expect(consequenceOf(quorums(2, 2, 1), quorums(4, 2, 1), 100).text).toContain('200 new copies')
  expect(consequenceOf(quorums(3, 2, 2), quorums(3, 1, 2), 9).text).toContain('No copies move')
})

function banner(state: MockState, answering: number[], link: 'live' | 'disconnected' = 'live') {
  const now = state.now()
  return bannerOf({ snapshot: state.snapshot(), link, now, dataAge: 12_000, answering, keys: 0 })
}

test('one thing at a time: disconnected before offline before recovering before healthy', () => {
  const state = new MockState(4)
  expect(banner(state, [0, 0, 0, 1]).kind).toBe('empty')
  state.workers[0]!.keys = 5
  expect(banner(state, [0, 0, 0, 1]).kind).toBe('healthy')
  state.workers[2]!.status = 'RECOVERING'
  expect(banner(state, [0, 0, 0, 1]).kind).toBe('recovering')
  state.workers[1]!.status = 'OFFLINE'
  expect(banner(state, [0, 0, 0.742, 0.258]).kind).toBe('offline')
  expect(banner(state, [0, 0, 0.742, 0.258], 'disconnected').kind).toBe('disconnected')
})

test('nobody is called empty before it has said what it holds', () => {
  const state = new MockState(2)
  const joining = state.workers[1]!
  Object.assign(joining, { status: 'JOINING', epoch: null })
  expect(banner(state, [0, 0, 0, 1])).toMatchObject({ title: 'Starting.' })
  expect(emptiness(joining)).toBe('Nothing is known yet.')
  Object.assign(joining, { status: 'OFFLINE' })
  expect(emptiness(joining)).toBe('Nothing is known.')
  Object.assign(joining, { status: 'ONLINE', epoch: 7 })
  expect(banner(state, [0, 0, 0, 1]).kind).toBe('empty')
  expect(emptiness(joining)).toBe('No data stored.')
  joining.keys = 1
  expect(emptiness(joining)).toBe('No recent changes.')
})

test('a dead worker is said with what it means for reads and writes', () => {
  const state = new MockState(4)
  state.workers[1]!.status = 'OFFLINE'
  const { text } = banner(state, [0, 0, 0.742, 0.258])
  expect(text).toContain('74.2% of the key space has 2 of 3 replicas')
  expect(text).toContain('still meet R=2 and W=2')
  state.workers[2]!.status = 'OFFLINE'
  expect(banner(state, [0, 0.5, 0.5, 0]).text).toContain(
    '50% of the key space cannot be read with R=2',
  )
})

test('a worker that is no member takes no writes, whatever it answers', () => {
  const state = new MockState(4)
  state.config = { ...state.config, writeQuorum: 3 }
  state.workers[1]!.status = 'OFFLINE'
  state.workers[2]!.status = 'OFFLINE'
  state.workers.push({ ...state.workers[0]!, id: 4, name: 'Worker 4', member: false })
  const parts = [0, 0, 1, 0]
  expect(banner(state, parts).text).toContain('writes cannot meet W=3')
  expect([...aliveIds(state.snapshot())]).toEqual([0, 3])
  expect([...onlineIds(state.snapshot())]).toEqual([0, 3])
  expect(complaintOf(state.workers[4]!)).toContain('no member')
  expect(complaintOf(state.workers[3]!)).toBe('')
  state.workers[2]!.status = 'JOINING'
  expect(banner(state, parts).text).toContain('still meet R=2 and W=3')
})

test('an online worker is suspect when it is late or accused by another online one', () => {
  const state = new MockState(3)
  const now = state.now()
  const seen = () => conditionOf(state.workers[1]!, state.snapshot())
  expect(seen()).toBe('ONLINE')
  state.workers[0]!.suspects = [1]
  expect(seen()).toBe('SUSPECT')
  state.workers[0]!.status = 'OFFLINE'
  expect(seen()).toBe('ONLINE')
  state.workers[1]!.lastHeartbeat = new Date(now - 4_300).toISOString()
  expect(seen()).toBe('SUSPECT')
  state.workers[1]!.status = 'OFFLINE'
  expect(seen()).toBe('OFFLINE')
})

test('a feed that is silent says nothing against the workers', () => {
  const state = new MockState(1)
  const snapshot = { ...state.snapshot(), at: new Date(state.now() - 60_000).toISOString() }
  expect(conditionOf(state.workers[0]!, snapshot)).toBe('ONLINE')
})

test('a worker whose storage has failed is not called silent while it reports', () => {
  const state = new MockState(4)
  const ago = (millis: number): string => new Date(state.now() - millis).toISOString()
  const broken = { status: 'OFFLINE', since: ago(600_000), lastHeartbeat: ago(400) } as const
  Object.assign(state.workers[1]!, broken)
  expect(banner(state, [0, 0, 0.7, 0.3]).text).toMatch(/^— for 10 m 0 s\./)
  state.workers[1]!.lastHeartbeat = ago(22_000)
  expect(banner(state, [0, 0, 0.7, 0.3]).text).toMatch(/^— no heartbeat for 22 s\./)
})
