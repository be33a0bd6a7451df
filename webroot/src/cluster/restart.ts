import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { restartWorker } from './actions'
import { useCluster } from './store'
import { useToasts } from './toasts'

/** The restart that somebody considers, from wherever on the page; it is asked for only when meant. */
export const useRestart = defineStore('restart', () => {
  const cluster = useCluster()
  const notes = useToasts()
  const considered = ref<number | null>(null)
  const worker = computed(() => cluster.workers.find((one) => one.id === considered.value))

  function consider(id: number): void {
    considered.value = id
  }

  function leave(): void {
    considered.value = null
  }

  async function confirm(): Promise<void> {
    const meant = worker.value
    leave()
    if (!meant) return
    const fault = await restartWorker(meant.id)
    notes.say(fault ? 'bad' : 'ok', fault ?? `${meant.name} is being restarted`)
  }

  return { worker, consider, leave, confirm }
})
