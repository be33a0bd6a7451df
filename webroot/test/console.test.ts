import { createPinia, setActivePinia } from 'pinia'
import { expect, test, vi } from 'vitest'
import { useCluster } from '../src/cluster/store'
import { readable } from '../src/console/client'
import { baseOf, contentTypeOf, keyFault, levelOf, urlOf, type Draft } from '../src/console/request'
import { useConsole } from '../src/console/store'
import { parseTiming } from '../src/console/timing'
import { MockState } from './mock/state'

const quorums = { replicationFactor: 3, writeQuorum: 2, readQuorum: 2 }
const draft: Draft = { method: 'PUT', target: 'auto', consistency: 'all', key: 'a/b ü', value: '' }

test('a key is escaped whole, and the level goes under the name its method knows', () => {
  expect(urlOf('http://w', draft, quorums)).toBe('http://w/kv/a%2Fb%20%C3%BC?w=3')
  const read = { ...draft, method: 'GET', consistency: 'one' } as const
  expect(urlOf('http://w', read, quorums)).toBe('http://w/kv/a%2Fb%20%C3%BC?r=1')
  expect(levelOf('default', quorums)).toBeNull()
  expect(levelOf('quorum', quorums)).toBe(2)
})

test('auto goes to an online worker, direct to the one that was named, controller to the page', () => {
  const { workers } = new MockState(3)
  workers[0]!.status = 'OFFLINE'
  expect(baseOf('auto', workers, 'http://c', () => 0)).toBe('http://127.0.0.1:5002')
  expect(baseOf('auto', workers, 'http://c', () => 0.99)).toBe('http://127.0.0.1:5003')
  expect(baseOf(2, workers, 'http://c')).toBe('http://127.0.0.1:5003')
  expect(baseOf('controller', workers, 'http://c')).toBe('http://c')
  expect(baseOf('auto', [], 'http://c')).toBeNull()
})

test('keys that cannot be sent are named, with the reason', () => {
  expect(keyFault('alpha')).toBeNull()
  expect(keyFault('')).toContain('at least one')
  expect(keyFault('..')).toContain('Browsers')
  expect(keyFault('é'.repeat(513))).toContain('1026')
  expect(keyFault('\ud800')).toContain('surrogate')
})

test('JSON is sent as JSON and everything else as text', () => {
  expect(contentTypeOf('{"a":1}')).toBe('application/json')
  expect(contentTypeOf('{"a":')).toContain('text/plain')
  expect(contentTypeOf('')).toContain('text/plain')
})

test('acknowledgements are read from Server-Timing, hints with their owner', () => {
  const header = 'w0;dur=1.234;desc="owner", w3;dur=4.0;desc="hint for 1", db;dur=9'
  expect(parseTiming(header)).toEqual([
    { worker: 0, millis: 1.234, hintFor: null },
    { worker: 3, millis: 4, hintFor: 1 },
  ])
  expect(parseTiming(null)).toEqual([])
})

test('bytes that are no text are shown as hex, never as garbage', () => {
  expect(readable(new TextEncoder().encode('é'))).toBe('é')
  expect(readable(Uint8Array.of(0xff, 0x41))).toContain('ff 41')
  expect(readable(Uint8Array.of(0x41, 0xe2, 0x82))).toContain('41 e2 82')
})

test('a mark of the byte order at the start of a text stays part of it', () => {
  expect(readable(Uint8Array.of(0xef, 0xbb, 0xbf, 0x41))).toBe('\ufeffA')
})

test('a long text is cut between two characters', () => {
  const text = `${'a'.repeat(64 * 1024 - 1)}é`
  expect(readable(new TextEncoder().encode(text))).toBe(`${text.slice(0, -1)}\n… 1 more bytes`)
})

test('going back through the requests keeps the one that was not sent yet', async () => {
  setActivePinia(createPinia())
  vi.stubGlobal('location', { origin: 'http://127.0.0.1:5000', hostname: '127.0.0.1' })
  vi.stubGlobal('fetch', async () => Response.json({}))
  useCluster().snapshot = new MockState(1).snapshot()
  const { draft, submit, recall } = useConsole()
  draft.key = 'first'
  await submit()
  Object.assign(draft, { key: 'second', value: 'typed for ten minutes' })
  recall(-1)
  expect(draft.key).toBe('first')
  recall(1)
  expect(draft).toMatchObject({ key: 'second', value: 'typed for ten minutes' })
  recall(1)
  expect(draft.key).toBe('second')
  vi.unstubAllGlobals()
})
