import { expect, test } from 'vitest'
import StateBanner from '../src/components/overview/StateBanner.vue'
import { drawn, textOf } from './drawn'
import { MockState } from './mock/state'

test('two workers that are offline make a sentence', async () => {
  const state = new MockState(4)
  for (const id of [1, 2]) state.workers[id]!.status = 'OFFLINE'
  const text = textOf(await drawn(StateBanner, {}, state.snapshot()))
  expect(text).toMatch(/^Worker 1 and Worker 2 are offline\. 100% of the key space/)
})

test('a disk that is full is said before all is called well', async () => {
  const state = new MockState(4)
  state.workers[2]!.diskFull = true
  const text = textOf(await drawn(StateBanner, {}, state.snapshot()))
  expect(text).toMatch(/^Disk full\. Worker 2 refuses writes until there is room\./)
  expect(text).not.toContain('Restart')
})
