import { expect, test } from 'vitest'
import RingFlight from '../src/components/ring/RingFlight.vue'
import type { Entry } from '../src/console/entry'
import { placementOf } from '../src/ring/placement'
import { drawn } from './drawn'
import { MockState } from './mock/state'

const placement = placementOf('alpha', new MockState(4).tokens, 3, new Set())
const write = (at: number): Entry => ({
  id: 1,
  at,
  draft: { method: 'PUT', target: 'auto', consistency: 'default', key: 'alpha' },
  url: '',
  reply: null,
  error: null,
  pending: placement.replicas.map((replica) => replica.worker),
  late: [],
  confirmed: [],
})

test('the copies of a write fly once, and not again for who comes back to the page', async () => {
  expect(await drawn(RingFlight, { placement, write: write(Date.now()) })).toContain('packet')
  const old = write(Date.now() - 10_000)
  expect(await drawn(RingFlight, { placement, write: old })).not.toContain('packet')
})
