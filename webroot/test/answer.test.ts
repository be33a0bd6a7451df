import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, nextTick, ref, type EffectScope } from 'vue'
import { useAnswer, type Answer } from '../src/console/answer'

let scope: EffectScope
let answer: Answer<{ n: number }>
const isLive = ref(true)
const node = vi.fn<() => Promise<Response>>()

beforeEach(() => {
  vi.useFakeTimers({ now: 5_000 })
  vi.stubGlobal('fetch', node)
  let n = 0
  node.mockReset().mockImplementation(async () => Response.json({ n: ++n }))
  scope = effectScope()
  answer = scope.run(() => useAnswer(() => 'http://127.0.0.1:5001/node', isLive))!
})

afterEach(() => {
  scope.stop()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

test('what a node said stands with its time, until it is asked again', async () => {
  await vi.advanceTimersByTimeAsync(25_000)
  expect([answer.told.value?.n, answer.at.value]).toEqual([1, 5_000])
  await answer.load()
  expect([answer.told.value?.n, answer.at.value]).toEqual([2, 30_000])
  isLive.value = false
  await nextTick()
  await vi.advanceTimersByTimeAsync(1)
  expect(answer.told.value?.n).toBe(3)
})
