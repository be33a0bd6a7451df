import { defineStore } from 'pinia'
import { computed, reactive, ref, shallowRef, watch } from 'vue'
import { useCluster } from '../cluster/store'
import { positionOf } from '../ring/md5'
import { preferenceOf } from '../ring/ring'
import { ask } from './ask'
import { explain, send, type Reply } from './client'
import { withLate, type Entry } from './entry'
import { baseOf, contentTypeOf, urlOf, type Draft } from './request'

const ENTRIES_MAX = 200
const DRAFTS_MAX = 50
/** When to ask for the missing copies: at once, or when the feed had its time to tell of them. */
const CONFIRM_AFTER = { unfollowed: 400, followed: 2_000 }

function headersOf(sent: Draft): Record<string, string> {
  if (sent.method === 'GET') return {}
  const followed = { 'X-Rondo-Trace': '1' }
  return sent.method === 'PUT'
    ? { ...followed, 'Content-Type': contentTypeOf(sent.value) }
    : followed
}

/** What an entry keeps of an answer: there are many entries, and answers may be large. */
function shown(reply: Reply): Omit<Reply, 'bytes'> {
  const { bytes: _, ...rest } = reply
  return rest
}

/** The client interface: its draft, its history, its output. One for all pages. */
export const useConsole = defineStore('console', () => {
  const cluster = useCluster()
  const draft = reactive<{ -readonly [K in keyof Draft]: Draft[K] }>({
    method: 'PUT',
    target: 'auto',
    consistency: 'default',
    key: '',
    value: '',
  })
  const busy = ref(false)
  const entries = shallowRef<readonly Entry[]>([])
  const drafts: Draft[] = []
  /** Which of them is in the form; behind the last one, what was not sent yet. */
  let recalled = 0
  let unsent: Draft = { ...draft }
  let ids = 0

  const latestWrite = computed(() => entries.value.find((entry) => entry.draft.method === 'PUT'))

  function address(of: Draft = draft): string | null {
    const snapshot = cluster.snapshot
    const base = baseOf(of.target, cluster.workers, location.origin)
    return base === null || !snapshot ? null : urlOf(base, of, snapshot.config)
  }

  async function submit(): Promise<void> {
    const sent: Draft = { ...draft }
    const url = address(sent)
    if (busy.value || url === null) return
    busy.value = true
    drafts.push(sent)
    if (drafts.length > DRAFTS_MAX) drafts.shift()
    recalled = drafts.length
    try {
      const body = sent.method === 'PUT' ? sent.value : undefined
      const reply = await send({ method: sent.method, url, headers: headersOf(sent), body })
      show(sent, url, reply, null)
    } catch (error) {
      show(sent, url, null, explain(error, url))
    } finally {
      busy.value = false
    }
  }

  /** Fills in what the feed tells of writes that were answered before. */
  function learn(): void {
    const told = cluster.snapshot?.late ?? []
    if (told.length === 0) return
    const next = entries.value.map((entry) => withLate(entry, told))
    if (next.some((entry, i) => entry !== entries.value[i])) entries.value = next
  }
  watch(() => cluster.snapshot, learn)

  function show(sent: Draft, url: string, reply: Reply | null, error: string | null): void {
    const pending =
      reply && reply.status === 200 && sent.method !== 'GET' ? missing(sent, reply) : []
    const { value: _, ...request } = sent
    const entry: Entry = {
      id: ++ids,
      at: Date.now(),
      draft: request,
      url,
      reply: reply && shown(reply),
      error,
      pending,
      late: [],
      confirmed: [],
    }
    entries.value = [entry, ...entries.value].slice(0, ENTRIES_MAX)
    learn()
    const followed = reply?.trace !== null && cluster.link === 'live'
    const wait = followed ? CONFIRM_AFTER.followed : CONFIRM_AFTER.unfollowed
    if (pending.length > 0) setTimeout(() => void confirm(entry.id), wait)
  }

  /** Owners of the key that neither acknowledged nor are stood in for. */
  function missing(sent: Draft, reply: Reply): number[] {
    const heard = new Set(reply.acks.flatMap((ack) => [ack.worker, ack.hintFor ?? ack.worker]))
    return preferenceOf(cluster.tokens, positionOf(sent.key), cluster.n)
      .map((token) => token.worker)
      .filter((worker) => !heard.has(worker))
  }

  /** Asks once which of the owners that are still missing have the version by now. */
  async function confirm(id: number): Promise<void> {
    const base = baseOf('auto', cluster.workers, location.origin)
    const entry = entries.value.find((one) => one.id === id)
    if (base === null || !entry || entry.pending.length === 0) return
    const url = `${base}/ring/keys/${encodeURIComponent(entry.draft.key)}`
    try {
      const { owners } = await ask<{ owners: { id: number; version: string }[] }>(url)
      const version = entry.reply?.version ?? ''
      const confirmed = owners
        .filter((owner) => entry.pending.includes(owner.id) && owner.version >= version)
        .map((owner) => owner.id)
      entries.value = entries.value.map((one) => (one.id === id ? { ...one, confirmed } : one))
    } catch {
      // The waterfall then keeps saying "in the background", which is all that is known.
    }
  }

  /** Brings an earlier request back into the form, and in the end what stood there before. */
  function recall(step: -1 | 1): void {
    if (recalled === drafts.length) unsent = { ...draft }
    const found = [...drafts, unsent][recalled + step]
    if (!found) return
    recalled += step
    Object.assign(draft, found)
  }

  function clear(): void {
    entries.value = []
  }

  return { draft, busy, entries, latestWrite, address, submit, recall, clear }
})
