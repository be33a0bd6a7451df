import { defineStore } from 'pinia'
import { ref, watch } from 'vue'
import type { Status } from './snapshot'
import { useCluster } from './store'

export interface Toast {
  readonly id: number
  readonly tone: 'ok' | 'bad' | 'info'
  readonly text: string
}

const SHOWN_FOR = 6_000
const SHOWN_MAX = 4

/** Short notes about what you did, and about workers whose state changed; never about ticks. */
export const useToasts = defineStore('toasts', () => {
  const cluster = useCluster()
  const toasts = ref<Toast[]>([])
  const known = new Map<number, Status>()
  let ids = 0

  function say(tone: Toast['tone'], text: string): void {
    const toast = { id: ++ids, tone, text }
    toasts.value = [...toasts.value, toast].slice(-SHOWN_MAX)
    setTimeout(() => dismiss(toast.id), SHOWN_FOR)
  }

  function dismiss(id: number): void {
    toasts.value = toasts.value.filter((toast) => toast.id !== id)
  }

  watch(
    () => cluster.workers,
    (workers) => {
      for (const { id, name, status } of workers) {
        const before = known.get(id)
        known.set(id, status)
        if (before === undefined || before === status) continue
        if (status === 'OFFLINE') say('bad', `${name} is offline`)
        else if (status === 'RECOVERING') say('info', `${name} is back and catching up`)
        else if (status === 'ONLINE') say('ok', `${name} is online`)
      }
    },
  )

  return { toasts, say, dismiss }
})
