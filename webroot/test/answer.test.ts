import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, type EffectScope } from 'vue'
import { useFreshAnswer } from '../src/console/answer'

let scope: EffectScope
const page = { hidden: false }
const node = vi.fn<() => Promise<Response>>()

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('document', page)
  vi.stubGlobal('fetch', node)
  node.mockReset().mockImplementation(async () => Response.json({}))
  scope = effectScope()
  scope.run(() => useFreshAnswer(() => 'http://127.0.0.1:5001/node'))
})

afterEach(() => {
  scope.stop()
  page.hidden = false
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

test('what is shown of a node is asked for again, until nobody looks any more', async () => {
  await vi.advanceTimersByTimeAsync(25_000)
  expect(node).toHaveBeenCalledTimes(3)
  page.hidden = true
  await vi.advanceTimersByTimeAsync(30_000)
  page.hidden = false
  scope.stop()
  await vi.advanceTimersByTimeAsync(30_000)
  expect(node).toHaveBeenCalledTimes(3)
})

test('a node that is slow is not asked a second time meanwhile', async () => {
  node.mockImplementation(() => new Promise(() => {}))
  await vi.advanceTimersByTimeAsync(45_000)
  expect(node).toHaveBeenCalledTimes(2)
})
