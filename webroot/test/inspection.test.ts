import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, nextTick, ref, type EffectScope } from 'vue'
import type { Status } from '../src/cluster/snapshot'
import { useCluster } from '../src/cluster/store'
import { useInspection, type Inspection } from '../src/components/keys/inspection'
import { MockState } from './mock/state'

let scope: EffectScope

beforeEach(() => {
  vi.stubGlobal('location', { origin: 'http://127.0.0.1:5000', hostname: '127.0.0.1' })
  setActivePinia(createPinia())
  useCluster().snapshot = new MockState(1).snapshot()
  scope = effectScope()
})

afterEach(() => {
  scope.stop()
  vi.unstubAllGlobals()
})

function inspected(key: string): Inspection {
  return scope.run(() => useInspection(ref(key)))!
}

function answers(fetch: (url: unknown) => Promise<Response>) {
  const asked = vi.fn(fetch)
  vi.stubGlobal('fetch', asked)
  return asked
}

test.each([
  [503, '{"detail":"The worker is starting."}', 'The worker is starting.'],
  [502, '<html>', 'The worker answered 502.'],
  [200, '<html>', 'The worker answered nonsense.'],
])('a worker that answered is not said to be silent: %i %s', async (status, body, told) => {
  answers(async () => new Response(body, { status }))
  const { fault } = inspected('alpha')
  await vi.waitFor(() => expect(fault.value).toBe(told))
})

test.each([new TypeError('Failed to fetch'), new DOMException('Gone', 'NetworkError')])(
  'no answer at all is told with what it may mean: %s',
  async (error) => {
    answers(() => Promise.reject(error))
    const { fault } = inspected('alpha')
    await vi.waitFor(() =>
      expect(fault.value).toBe('No answer from 127.0.0.1:5001. Is it running?'),
    )
  },
)

test.each(['.', '..', '\ud800', 'é'.repeat(513)])(
  'nobody is asked for a key that cannot be sent: %#',
  async (key) => {
    const asked = answers(async () => Response.json({}))
    const { fault, busy, remove } = inspected(key)
    expect(fault.value).not.toBe('')
    expect(busy.value).toBe(false)
    expect(await remove()).toBe(fault.value)
    expect(asked).not.toHaveBeenCalled()
  },
)

const found = (): Response => new Response('hello', { headers: { ETag: '"1-0"' } })
const places = { key: 'alpha', position: 1, owners: [], standIns: [] }

async function publish(status: Status): Promise<void> {
  const snapshot = new MockState(1).snapshot()
  useCluster().snapshot = {
    ...snapshot,
    workers: snapshot.workers.map((worker) => ({ ...worker, status })),
  }
  await nextTick()
}

test('what was read stays while no worker is online for a moment', async () => {
  const asked = answers(async (url) =>
    String(url).includes('/ring/') ? Response.json(places) : found(),
  )
  const { value } = inspected('alpha')
  await vi.waitFor(() => expect(value.value?.status).toBe(200))
  const read = value.value
  await publish('JOINING')
  await publish('ONLINE')
  expect(value.value).toBe(read)
  expect(asked).toHaveBeenCalledTimes(2)
})

test('what could not be read is read when a worker is online again', async () => {
  await publish('JOINING')
  answers(async (url) => (String(url).includes('/ring/') ? Response.json(places) : found()))
  const { value, fault } = inspected('alpha')
  expect(fault.value).toBe('No worker is online.')
  await publish('ONLINE')
  await vi.waitFor(() => expect(value.value?.status).toBe(200))
  expect(fault.value).toBe('')
})

test('the worker that was asked where a key lives is asked for its value', async () => {
  const asked = answers(async (url) => {
    if (!String(url).includes('/ring/')) return found()
    await publish('JOINING')
    return Response.json(places)
  })
  const { value } = inspected('alpha')
  await vi.waitFor(() => expect(value.value?.status).toBe(200))
  expect(asked).toHaveBeenLastCalledWith('http://127.0.0.1:5001/kv/alpha', expect.anything())
})
