import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, nextTick, type EffectScope } from 'vue'
import { continued, LOG_MAX, useEventLog, type EventLog } from '../src/cluster/log'
import { useCluster } from '../src/cluster/store'
import { MockState } from './mock/state'

let scope: EffectScope
let state: MockState
let reads: number

beforeEach(() => {
  vi.stubGlobal('location', { origin: 'http://127.0.0.1:5000', hostname: '127.0.0.1' })
  setActivePinia(createPinia())
  state = new MockState(1)
  scope = effectScope()
  reads = 0
  vi.stubGlobal('fetch', async (path: string) => {
    reads++
    return Response.json({ events: state.eventsOf(new URL(path, location.origin).searchParams) })
  })
})

afterEach(() => {
  scope.stop()
  vi.unstubAllGlobals()
})

/** Lets that much happen, and one message of the feed come. */
async function happen(events: number): Promise<void> {
  for (let i = 0; i < events; i++) state.record('hints_sent', 'INFO', 0, `Event ${i}`)
  useCluster().snapshot = state.snapshot()
  await nextTick()
}

/** The log as the page has it once the controller has answered. */
async function opened(): Promise<EventLog> {
  const page = scope.run(() => useEventLog())!
  await vi.waitFor(() => expect(page.loading.value).toBe(false))
  return page
}
const numbers = ({ log }: EventLog): number[] => log.value.map((event) => event.seq)
const downTo = (newest: number, oldest: number): number[] =>
  Array.from({ length: newest - oldest + 1 }, (_, i) => newest - i)

test('the newest events are there without a hole, as many as the log is asked for', async () => {
  await happen(2_500)
  const page = await opened()
  expect(numbers(page)).toEqual(downTo(2_500, 2_500 - LOG_MAX + 1))
  expect(page.fault.value).toBe(false)
})

test('what the feed tells no more stays, up to a limit', async () => {
  await happen(130)
  const page = await opened()
  expect(numbers(page)).toEqual(downTo(130, 1))
  for (let i = 0; i < 50; i++) await happen(20)
  expect(numbers(page)).toEqual(downTo(1_130, 131))
  expect(reads).toBe(1)
})

test('events that no message told are fetched from the log', async () => {
  await happen(10)
  const page = await opened()
  expect(numbers(page)).toEqual(downTo(10, 1))
  await happen(31)
  await vi.waitFor(() => expect(numbers(page)).toEqual(downTo(41, 1)))
  expect(reads).toBe(2)
})

test('another controller with a log that begins anew takes the place of the former', async () => {
  await happen(40)
  const page = await opened()
  expect(numbers(page)).toEqual(downTo(40, 1))
  state = new MockState(1)
  state.controllerId = 'another'
  await happen(2)
  await vi.waitFor(() => expect(numbers(page)).toEqual([2, 1]))
})

test('without the log the events of the feed are kept, until the link is live anew', async () => {
  const { fetch } = globalThis
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
  await happen(40)
  const page = await opened()
  expect(page.fault.value).toBe(true)
  await happen(5)
  expect(numbers(page)).toEqual(downTo(45, 11))
  vi.stubGlobal('fetch', fetch)
  useCluster().link = 'live'
  await vi.waitFor(() => expect(numbers(page)).toEqual(downTo(45, 1)))
  expect(page.fault.value).toBe(false)
})

test('a message with nothing new leaves the log as it is', async () => {
  await happen(3)
  const log = state.events.slice()
  expect(continued(log, state.snapshot().events)).toBe(log)
})
