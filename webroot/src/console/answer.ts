import {
  onScopeDispose,
  ref,
  shallowRef,
  watch,
  type Ref,
  type ShallowRef,
  type WatchSource,
} from 'vue'
import { ask } from './ask'
import { explain } from './client'

/** What a node said when it was asked last; null where it said nothing, and then why. */
export interface Answer<T> {
  readonly told: ShallowRef<T | null>
  readonly fault: Ref<string>
  readonly busy: Ref<boolean>
  load(): Promise<void>
}

/** Asks a node for JSON, and again when its address or one of the others changes. */
export function useAnswer<T>(url: () => string, ...again: WatchSource[]): Answer<T> {
  const told = shallowRef<T | null>(null)
  const fault = ref('')
  const busy = ref(false)
  let asked = 0

  async function load(): Promise<void> {
    const mine = ++asked
    const at = url()
    busy.value = true
    let answer: T | null = null
    let wrong = ''
    try {
      answer = await ask<T>(at)
    } catch (error) {
      wrong = explain(error, at)
    }
    if (mine !== asked) return
    busy.value = false
    told.value = answer
    fault.value = wrong
  }

  watch([url, ...again], load, { immediate: true })
  return { told, fault, busy, load }
}

/** How often what a node says of itself is asked for again. */
const AGAIN_MILLIS = 10_000

/** The same, asked again every so often while somebody may look at it and no answer is under way. */
export function useFreshAnswer<T>(url: () => string, ...again: WatchSource[]): Answer<T> {
  const answer = useAnswer<T>(url, ...again)
  const timer = setInterval(() => {
    if (!document.hidden && !answer.busy.value) void answer.load()
  }, AGAIN_MILLIS)
  onScopeDispose(() => clearInterval(timer))
  return answer
}
