import { expect, test } from 'vitest'
import { differing, type Copy } from '../src/cluster/copies'
import { hintsAt, stateOf, type Located, type Place } from '../src/cluster/keys'
import ReplicaTable from '../src/components/keys/ReplicaTable.vue'
import { rowsOf } from '../src/components/keys/replicas'
import KeyTrail from '../src/components/ring/KeyTrail.vue'
import { tokensOf } from '../src/ring/ring'
import { drawn, textOf } from './drawn'
import { MockState } from './mock/state'

const NEW = '019abcde12340000-0'
const OLD = '019abcde00000000-0'

const place = (id: number, status: string, version: string | null): Place => ({
  id,
  status,
  version,
})

/** The key `alpha`, whose owners are 0, 1 and 2; 3 stands in. */
const located = (second: Place, hint: string | null): Located => ({
  key: 'alpha',
  position: 739_722_147,
  owners: [place(0, 'ONLINE', NEW), second, place(2, 'ONLINE', NEW)],
  standIns: [place(3, 'ONLINE', hint)],
})

const gone = place(1, 'OFFLINE', null)

function cluster(status: 'OFFLINE' | 'RECOVERING' | 'JOINING') {
  const state = new MockState(4)
  state.setStatus(1, status, '')
  return state.snapshot()
}

const table = async (of: Located): Promise<string> =>
  textOf(await drawn(ReplicaTable, { located: of, copies: [], newest: NEW }, cluster('OFFLINE')))

const trail = async (of: Located | null, status: 'OFFLINE' | 'RECOVERING'): Promise<string> =>
  textOf(await drawn(KeyTrail, { keyText: 'alpha', located: of }, cluster(status)))

test.each([
  ['ONLINE', NEW, 'in sync'],
  ['ONLINE', OLD, 'stale'],
  ['ONLINE', null, 'missing'],
  ['RECOVERING', NEW, 'in sync'],
  ['RECOVERING', OLD, 'stale'],
  ['RECOVERING', null, 'missing'],
  ['JOINING', OLD, 'stale'],
  ['JOINING', null, 'unknown'],
  ['OFFLINE', null, 'offline'],
])('an owner that is %s with version %s is %s', (status, version, state) => {
  expect(stateOf(place(1, status, version), NEW)).toBe(state)
})

test('a hint is claimed only where the stand-in told of it', () => {
  expect(hintsAt(3, null)).toBe('hints go to W3')
  expect(hintsAt(3, located(gone, null))).toBe('hints go to W3')
  expect(hintsAt(3, located(gone, NEW))).toBe('hinted on W3')
  expect(hintsAt(2, located(gone, NEW))).toBe('hints go to W2')
  expect(hintsAt(null, located(gone, NEW))).toBe('')
})

test('the trail of a key that is typed says where hints go, not that there are any', async () => {
  expect(await trail(null, 'OFFLINE')).toContain('W1 hints go to W3')
  expect(await trail(located(gone, null), 'OFFLINE')).toContain('W1 hints go to W3')
  expect(await trail(located(gone, NEW), 'OFFLINE')).toContain('W1 hinted on W3')
  expect(await trail(null, 'RECOVERING')).toContain('W1 recovering')
})

test('the table tells of a hint that a stand-in keeps, and of no other', async () => {
  expect(await table(located(gone, null))).not.toContain('Worker 3')
  const held = await table(located(gone, OLD))
  expect(held).toContain(`Worker 3 – ${OLD}`)
  expect(held).toContain('holds a hint')
  expect(held).toContain('OFFLINE hinted on W3')
})

test('owners that are back are shown as the nodes are', async () => {
  expect(await table(located(place(1, 'RECOVERING', null), null))).toContain('RECOVERING missing')
  expect(await table(located(place(1, 'JOINING', null), null))).toContain('JOINING not known yet')
  expect(await table(located(place(1, 'ONLINE', OLD), null))).not.toContain('ONLINE')
})

const copy = (worker: number, version: string, text: string): Copy => ({
  worker,
  version,
  size: text.length,
  deleted: false,
  bytes: new TextEncoder().encode(text),
  checksum: text,
})
const rows = (second: Place, ...copies: Copy[]) =>
  rowsOf(located(second, null), copies, NEW, tokensOf([0, 1, 2, 3], 10), 3)

test('what differs from the newest copy is marked, and nothing else', () => {
  const old = place(1, 'ONLINE', OLD)
  const [first, second, third] = rows(old, copy(0, NEW, 'new'), copy(1, OLD, 'older'))
  expect(first).toMatchObject({ checksum: 'new', size: '3 B', state: 'in sync' })
  expect(second).toMatchObject({ checksum: 'older', odd: { checksum: true, size: true } })
  expect(second!.state).toBe('stale')
  expect(third).toMatchObject({ checksum: '–', size: '–', odd: { checksum: false, size: false } })
})

test('a copy that has changed since its owner was asked is not shown', () => {
  const [, second] = rows(place(1, 'ONLINE', OLD), copy(0, NEW, 'new'), copy(1, NEW, 'new'))
  expect(second).toMatchObject({ version: OLD, checksum: '–', state: 'stale' })
})

test('one version with two values is no replica in sync', () => {
  const [first, second] = rows(place(1, 'ONLINE', NEW), copy(0, NEW, 'abc'), copy(1, NEW, 'abd'))
  expect(first!.state).toBe('in sync')
  expect(second).toMatchObject({ state: 'other bytes', odd: { checksum: true, size: false } })
})

test('copies are compared with the newest where they differ', () => {
  const [best, same, other] = [copy(0, NEW, 'a'), copy(2, NEW, 'a'), copy(1, OLD, 'b')]
  expect(differing([other, best, same], NEW)).toEqual([best, other])
  expect(differing([best, same], NEW)).toEqual([])
  expect(differing([other], NEW)).toEqual([])
})
