import { afterEach, beforeEach, expect, test } from 'vitest'
import { effectScope, nextTick, ref, type EffectScope, type Ref } from 'vue'
import { useChoice } from '../src/components/layout/choice'

const list = (...ids: string[]): { id: string }[] => ids.map((id) => ({ id }))

const text = ref('')
const found = ref(list())
let scope: EffectScope
let at: Ref<number>

beforeEach(() => {
  text.value = 'restart'
  found.value = list('restart-0', 'restart-1', 'restart-2')
  scope = effectScope()
  at = scope.run(() => useChoice(found, text))!
})

afterEach(() => scope.stop())

test('the same list made anew leaves the choice alone', async () => {
  at.value = 2
  found.value = list('restart-0', 'restart-1', 'restart-2')
  await nextTick()
  expect(at.value).toBe(2)
})

test('the choice moves with what is chosen', async () => {
  at.value = 1
  found.value = list('restart-1', 'restart-2')
  await nextTick()
  expect(at.value).toBe(0)
})

test('when what is chosen goes, the choice stays within the list', async () => {
  at.value = 2
  found.value = list('restart-0', 'restart-1')
  await nextTick()
  expect(at.value).toBe(1)
})

test('another text chooses the first, also where the former choice is still found', async () => {
  at.value = 2
  text.value = 'restart worker'
  found.value = list('restart-0', 'restart-1', 'restart-2')
  await nextTick()
  expect(at.value).toBe(0)
})
