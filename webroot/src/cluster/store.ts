import { defineStore } from 'pinia'
import { computed, markRaw, ref, shallowRef } from 'vue'
import { coverage, tokensOf, type Token } from '../ring/ring'
import { aliveIds, memberIds, onlineIds } from './condition'
import { Feed, type Link } from './feed'
import { History } from './history'
import { replaces, type Snapshot } from './snapshot'

const TICK = 250

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
    setInterval(() => {
      // A browser that is busy, or whose window is covered, may give no pictures for long.
      show()
      tick()
    }, TICK)
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
  const holdingKey = computed(() =>
    workers.value.flatMap((worker) => (worker.keys > 0 ? worker.id : [])).join(),
  )
  const alive = computed(() => ids(aliveKey.value))
  const online = computed(() => ids(onlineKey.value))
  const holding = computed(() => ids(holdingKey.value))
  // All tokens are looked at: not with each snapshot, but when one of these changes.
  const spread = (of: ReadonlySet<number>, copies = n.value): readonly number[] =>
    tokens.value.length === 0 ? [] : coverage(tokens.value, copies, of)
  /** Parts of the key space by how many owners answer, and by how many have caught up. */
  const answering = computed(() => spread(alive.value))
  const complete = computed(() => spread(online.value))
  const underReplicated = computed(() =>
    complete.value.slice(0, -1).reduce((sum, part) => sum + part, 0),
  )
  /** How often keys are stored: a change of N begins with the copies that there were before. */
  const stored = computed(() => snapshot.value?.config.former?.replicationFactor ?? n.value)
  /** How many copies of a key those have on average that hold any. */
  const copies = computed(() =>
    spread(holding.value, stored.value).reduce((sum, part, k) => sum + part * k, 0),
  )
  const keys = computed(() => {
    const held = workers.value.reduce((sum, one) => sum + (one.member ? one.keys : 0), 0)
    return copies.value <= 0 ? 0 : Math.round(held / copies.value)
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
