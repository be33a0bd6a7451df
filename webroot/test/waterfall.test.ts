import { expect, test } from 'vitest'
import type { Late } from '../src/cluster/snapshot'
import { withLate, type Entry } from '../src/console/entry'
import type { Ack } from '../src/console/timing'
import { waterfallOf } from '../src/console/waterfall'

const TRACE = '019abcde12340000-2'
const ack = (worker: number, millis: number, hintFor: number | null = null): Ack => ({
  worker,
  millis,
  hintFor,
})
const told = (worker: number, millis: number, hintFor: number | null = null): Late => ({
  trace: TRACE,
  ...ack(worker, millis, hintFor),
})

/** A write that workers 2 and 0 had acknowledged when the client was answered; worker 1 had not. */
const entry: Entry = {
  id: 1,
  at: 0,
  draft: { method: 'PUT', target: 'auto', consistency: 'default', key: 'alpha' },
  url: '',
  error: null,
  pending: [1],
  late: [],
  confirmed: [],
  reply: {
    status: 200,
    millis: 5,
    body: '',
    contentType: '',
    version: TRACE,
    etag: null,
    coordinator: 2,
    trace: TRACE,
    acks: [ack(0, 4), ack(2, 1)],
  },
}

test('a late acknowledgement takes the place of what was pending, with its time', () => {
  const next = withLate(entry, [told(1, 16.4)])
  expect(next.pending).toEqual([])
  expect(next.late).toEqual([ack(1, 16.4)])
})

test('what is told again, or of another write, changes nothing', () => {
  const next = withLate(entry, [told(1, 16.4)])
  expect(withLate(next, [told(1, 16.4), told(1, 99)])).toBe(next)
  expect(withLate(entry, [{ ...told(1, 3), trace: 'other' }])).toBe(entry)
  expect(withLate(entry, [told(0, 3)])).toBe(entry)
})

test('a write that is not followed never takes an acknowledgement of another one', () => {
  const alone = { ...entry, reply: { ...entry.reply!, trace: null } }
  expect(withLate(alone, [told(1, 3)])).toBe(alone)
})

test('a hint behind the answer settles the owner that it is for', () => {
  const next = withLate(entry, [told(3, 20, 1)])
  expect(next.pending).toEqual([])
  expect(waterfallOf(next).rows.at(-1)).toMatchObject({ worker: 3, text: '20.0 ms hint for W1' })
})

test('acknowledgements stand in order of time before the line, what is open goes beyond it', () => {
  const { rows, line, answeredAt } = waterfallOf(entry)
  expect(rows.map((row) => row.worker)).toEqual([2, 0, 1])
  expect(rows.map((row) => row.background)).toEqual([false, false, true])
  expect(rows.map((row) => row.text)).toEqual(['1.0 ms local', '4.0 ms ack', 'background'])
  expect([answeredAt, line]).toEqual([4, 60])
  expect(rows[0]!.width).toBe(15)
  expect(rows[2]!.width).toBeGreaterThan(line)
})

test('a copy that came much later has room on the same scale', () => {
  const { rows, line } = waterfallOf(withLate(entry, [told(1, 16)]))
  expect(rows[2]).toMatchObject({ width: 92, background: true, text: '16.0 ms background' })
  expect(rows[2]!.width / 16).toBeCloseTo(line / 4)
  expect(rows[1]!.width).toBe(line)
})

test('a copy that came soon after the answer moves nothing', () => {
  const { rows, line } = waterfallOf(withLate(entry, [told(1, 5)]))
  expect(line).toBe(60)
  expect(rows[2]!.width).toBe(75)
})
