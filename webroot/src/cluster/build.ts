import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { useCluster } from './store'
import { useToasts } from './toasts'

/** The name that the build wrote into the page; null while developing. */
function ownBuild(): string | null {
  return document.querySelector<HTMLMetaElement>('meta[name=rondo-build]')?.content ?? null
}

/** Whether the controller serves another build of the dashboard than this page runs. */
export const useBuild = defineStore('build', () => {
  const cluster = useCluster()
  const notes = useToasts()
  const own = ownBuild()
  const declined = ref<string | null>(null)
  const served = computed(() => cluster.snapshot?.controller.build ?? null)
  const outdated = computed(
    () =>
      own !== null &&
      served.value !== null &&
      served.value !== own &&
      served.value !== declined.value,
  )

  /** Asks no more until there is yet another build. */
  function later(): void {
    declined.value = served.value
  }

  /** A part of the page could not be loaded: it went with the build that it is of, or nobody answers. */
  function missing(): void {
    declined.value = null
    if (!outdated.value) notes.say('bad', 'The controller does not answer; this page is on it.')
  }

  return { outdated, later, missing }
})
