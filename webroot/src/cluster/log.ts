import { ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { newestEvents } from './actions'
import type { ClusterEvent } from './snapshot'
import { useCluster } from './store'

/** As many events as the controller tells at once. */
export const LOG_MAX = 1_000

type Events = readonly ClusterEvent[]

/** Both, each event once, newest first. */
function merged(log: Events, events: Events): Events {
  const bySeq = new Map([...log, ...events].map((event) => [event.seq, event]))
  return [...bySeq.values()].sort((a, b) => b.seq - a.seq).slice(0, LOG_MAX)
}

/** A log and what the feed tells, which are the last events; null where some between are missing. */
export function continued(log: Events, told: Events): Events | null {
  const newest = log[0]?.seq
  if (newest === undefined || told.length === 0) return merged(log, told)
  // Events are numbered without gaps.
  if (Math.min(...told.map((event) => event.seq)) > newest + 1) return null
  return told.some((event) => event.seq > newest) ? merged(log, told) : log
}

export interface EventLog {
  /** Newest first, without a hole. */
  readonly log: ShallowRef<Events>
  /** Whether the controller's log could not be read. */
  readonly fault: Ref<boolean>
  readonly loading: Ref<boolean>
}

/** The last events of the controller's log, and from then on all that the feed tells. */
export function useEventLog(): EventLog {
  const cluster = useCluster()
  const log = shallowRef<Events>(cluster.snapshot?.events ?? [])
  const fault = ref(false)
  const loading = ref(false)
  let asked = 0

  async function load(): Promise<void> {
    const mine = ++asked
    loading.value = true
    const answer = await newestEvents(LOG_MAX)
    if (mine !== asked) return
    loading.value = false
    fault.value = answer === null
    const told = cluster.snapshot?.events ?? []
    log.value = answer ? (continued(answer, told) ?? answer) : merged(log.value, told)
  }

  function follow(told: Events): void {
    const next = continued(log.value, told)
    if (next) log.value = next
    else if (!loading.value) void load()
  }

  watch(
    () => cluster.snapshot,
    (snapshot, former) => {
      // Another controller may have another log, whose numbers begin anew.
      if (former && snapshot?.controller.id !== former.controller.id) void load()
      else follow(snapshot?.events ?? [])
    },
  )
  watch(
    () => cluster.link === 'live',
    (live) => {
      if (live && fault.value) void load()
    },
  )
  void load()
  return { log, fault, loading }
}
