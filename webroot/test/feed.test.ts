import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Feed, type Bus, type Link } from '../src/cluster/feed'
import { MockState } from './mock/state'

class StubBus implements Bus {
  onopen: (() => void) | null = null
  onclose: (() => void) | null = null
  onerror = (): void => {}
  closed = false
  handlers: ((error: unknown, message: { body: unknown }) => void)[] = []
  questions: string[] = []

  registerHandler(_: string, handler: (error: unknown, message: { body: unknown }) => void): void {
    this.handlers.push(handler)
  }

  send(address: string): void {
    this.questions.push(address)
  }

  close(): void {
    this.closed = true
  }

  publish(body: unknown): void {
    for (const handler of this.handlers) handler(null, { body })
  }
}

const state = new MockState(2)
let buses: StubBus[]
let links: Link[]
let feed: Feed

beforeEach(() => {
  vi.useFakeTimers()
  buses = []
  links = []
  feed = new Feed(
    { link: (link) => links.push(link), snapshot: () => {} },
    '/eventbus',
    () => buses[buses.push(new StubBus()) - 1]!,
  )
  feed.start()
})

afterEach(() => {
  feed.stop()
  vi.useRealTimers()
})

const last = (): StubBus => buses.at(-1)!

test('every connection registers once and asks once for a snapshot', () => {
  last().onopen!()
  expect(last().handlers).toHaveLength(1)
  expect(last().questions).toEqual(['cluster_snapshot'])
  last().onclose!()
  vi.advanceTimersByTime(500)
  last().onopen!()
  expect(buses).toHaveLength(2)
  expect(last().handlers).toHaveLength(1)
})

test('silence is stale after four seconds and a new connection after eight', () => {
  last().onopen!()
  last().publish(state.snapshot())
  expect(links).toEqual(['live'])
  vi.advanceTimersByTime(4_000)
  expect(links.at(-1)).toBe('stale')
  vi.advanceTimersByTime(4_000)
  expect(links.at(-1)).toBe('disconnected')
  expect(buses[0]!.closed).toBe(true)
  vi.advanceTimersByTime(500)
  expect(buses).toHaveLength(2)
})

test('a connection that was given up is not heard any more', () => {
  last().onopen!()
  last().onclose!()
  links.length = 0
  buses[0]!.publish(state.snapshot())
  expect(links).toEqual([])
})

test('a connection that never opens is given up too, without ever being called stale', () => {
  vi.advanceTimersByTime(8_500)
  expect(buses).toHaveLength(2)
  expect(links).not.toContain('stale')
})

test('what is no snapshot changes nothing', () => {
  last().onopen!()
  last().publish({ seq: 'x' })
  last().publish(null)
  expect(links).toEqual([])
})

test('retrying at once does not wait and leaves one connection', () => {
  last().onopen!()
  last().onclose!()
  feed.retryNow()
  expect(buses).toHaveLength(2)
  vi.advanceTimersByTime(3_000)
  expect(buses).toHaveLength(2)
})
