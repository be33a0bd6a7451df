import { ref, shallowRef, watch, type Ref, type ShallowRef, type WatchSource } from 'vue'
import { ask } from './ask'
import { explain } from './client'

/** What a node said when it was asked last; null where it said nothing, and then why. */
export interface Answer<T> {
  readonly told: ShallowRef<T | null>
  readonly fault: Ref<string>
  /** When that was, on this clock. */
  readonly at: Ref<number>
  load(): Promise<void>
}

/** Asks a node for JSON, and again when its address or one of the others changes. */
export function useAnswer<T>(url: () => string, ...again: WatchSource[]): Answer<T> {
  const told = shallowRef<T | null>(null)
  const fault = ref('')
  const at = ref(0)
  let asked = 0

  async function load(): Promise<void> {
    const mine = ++asked
    const from = url()
    let answer: T | null = null
    let wrong = ''
    try {
      answer = await ask<T>(from)
    } catch (error) {
      wrong = explain(error, from)
    }
    if (mine !== asked) return
    at.value = Date.now()
    told.value = answer
    fault.value = wrong
  }

  watch([url, ...again], load, { immediate: true })
  return { told, fault, at, load }
}
