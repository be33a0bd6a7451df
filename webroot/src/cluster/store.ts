import { defineStore } from 'pinia'
import { computed, markRaw, ref, shallowRef } from 'vue'
import { coverage, tokensOf, type Token } from '../ring/ring'
import { aliveIds, memberIds, onlineIds } from './condition'
import { Feed, type Link } from './feed'
import { History } from './history'
import { replaces, type Snapshot, type Worker } from './snapshot'

/** How many members of the key space are looked at before coverage is left out. */
const TOKENS_MAX = 4096
const TICK = 250

/** Averages how many copies each key space position has among those that report. */
function keyEstimate(workers: readonly Worker[], copies: number): number {
  const held = workers.reduce((sum, worker) => sum + worker.keys, 0)
  return copies <= 0 ? 0 : Math.round(held / copies)
}

function ids(text: string): Set<number> {
  return new Set(text ? text.split(',').map(Number) : [])
}

/** The state of the cluster as this page knows it, and how fresh that is. */
export const useCluster = defineStore('cluster', () => {
  const snapshot = shallowRef<Snapshot | null>(null)
  const link = ref<Link>('connecting')
  const retryAt = ref(0)
  const now = ref(0)
  const ticks = ref(0)
  const history = markRaw(new History())
  let offset = 0
  let heardAt = 0
  let waiting: Snapshot | null = null

  const feed = new Feed({
    link(next, retry) {
      link.value = next
      retryAt.value = retry
      tick()
    },
    snapshot: take,
  })

  /** Takes a snapshot unless an older one; time is the controller's, whatever this machine thinks. */
  function take(next: Snapshot): void {
    heardAt = performance.now()
    if (!replaces(next, waiting ?? snapshot.value)) return
    offset = Date.parse(next.at) - heardAt
    const isFirst = waiting === null
    waiting = next
    // Nothing is drawn in a hidden tab, but what comes in is kept for the charts.
    if (document.hidden) show()
    else if (isFirst) requestAnimationFrame(show)
  }

  /** However many snapshots come at once, one is drawn with each picture. */
  function show(): void {
    if (waiting === null) return
    history.add(waiting)
    snapshot.value = waiting
    waiting = null
    tick()
  }

  function tick(): void {
    ticks.value = performance.now()
    now.value = offset + ticks.value
  }

  function start(): void {
    setInterval(tick, TICK)
    feed.start()
  }

  const frozen = computed(() => link.value === 'disconnected')
  const retryIn = computed(() => Math.max(0, retryAt.value - ticks.value))
  const dataAge = computed(() => Math.max(0, ticks.value - heardAt))
  const workers = computed(() => snapshot.value?.workers ?? [])
  const n = computed(() => snapshot.value?.config.replicationFactor ?? 0)

  const ringKey = computed(() => {
    const it = snapshot.value
    return it ? `${memberIds(it).join()}/${it.config.vnodes}` : ''
  })
  const tokens = computed<Token[]>(() => {
    const [members, vnodes] = ringKey.value.split('/')
    return members ? tokensOf(members.split(',').map(Number), Number(vnodes)) : []
  })

  const aliveKey = computed(() => (snapshot.value ? [...aliveIds(snapshot.value)].join() : ''))
  const onlineKey = computed(() => (snapshot.value ? [...onlineIds(snapshot.value)].join() : ''))
  const alive = computed(() => ids(aliveKey.value))
  const online = computed(() => ids(onlineKey.value))
  /** The tokens where they are few enough to be looked at one by one, else none. */
  const countable = computed(() => (tokens.value.length > TOKENS_MAX ? [] : tokens.value))
  const spread = (of: ReadonlySet<number>): readonly number[] =>
    countable.value.length === 0 ? [] : coverage(countable.value, n.value, of)
  /** Parts of the key space by how many owners answer, and by how many have caught up. */
  const answering = computed(() => spread(alive.value))
  const complete = computed(() => spread(online.value))
  const underReplicated = computed(() =>
    complete.value.slice(0, -1).reduce((sum, part) => sum + part, 0),
  )
  const keys = computed(() => {
    const holding = workers.value.filter((worker) => worker.keys > 0)
    const parts = spread(new Set(holding.map((worker) => worker.id)))
    return keyEstimate(
      holding,
      parts.reduce((sum, part, copies) => sum + part * copies, 0),
    )
  })

  return {
    snapshot,
    link,
    now,
    ticks,
    history,
    frozen,
    retryIn,
    dataAge,
    workers,
    n,
    tokens,
    countable,
    alive,
    online,
    answering,
    complete,
    underReplicated,
    keys,
    start,
    retryNow: () => feed.retryNow(),
  }
})
