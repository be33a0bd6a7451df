import { computed, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue'
import { copiesOf, type Copy } from '../../cluster/copies'
import { locate, newestOf, type Located } from '../../cluster/keys'
import { useCluster } from '../../cluster/store'
import { explain, send, type Reply } from '../../console/client'
import { baseOf, isJson, keyFault } from '../../console/request'

/** Milliseconds for which the value waits for the copies: an owner that hangs does not hide it. */
const COPIES_WITHIN = 1_500

/** What came of storing an edited value: why it was refused, and what is there instead. */
export interface Saved {
  readonly fault: string | null
  readonly theirs?: Reply
}

/** One key: where it lives, what its owners hold, and its value. */
export interface Inspection {
  readonly located: Ref<Located | null>
  /** What its owners have under it, as far as they were quick to tell. */
  readonly copies: Ref<readonly Copy[]>
  readonly value: Ref<Reply | null>
  readonly newest: ComputedRef<string | null>
  readonly fault: Ref<string>
  readonly busy: Ref<boolean>
  load(readQuorum?: number): Promise<void>
  save(text: string, etag: string): Promise<Saved>
  remove(): Promise<string | null>
  url(): string | null
}

export function useInspection(key: Ref<string>): Inspection {
  const cluster = useCluster()
  const located = shallowRef<Located | null>(null)
  const copies = shallowRef<readonly Copy[]>([])
  const value = shallowRef<Reply | null>(null)
  const fault = ref('')
  const busy = ref(false)
  let asked = 0

  const base = (): string | null => baseOf('auto', cluster.workers, location.origin)
  const urlAt = (at: string): string => `${at}/kv/${encodeURIComponent(key.value)}`
  function url(): string | null {
    const at = base()
    return at === null ? null : urlAt(at)
  }

  async function load(readQuorum?: number): Promise<void> {
    // Also where nobody can be asked: an answer on its way may be one about another key.
    const mine = ++asked
    const at = base()
    const wrong = keyFault(key.value) ?? (at === null ? 'No worker is online.' : null)
    busy.value = wrong === null
    if (at === null || wrong !== null) {
      fault.value = wrong ?? ''
      return
    }
    const query = readQuorum === undefined ? '' : `?r=${readQuorum}`
    const from = `${urlAt(at)}${query}`
    try {
      // In this order: reading mends what it finds behind, and that would not be seen any more.
      const places = await locate(at, key.value)
      const told = copiesOf(places, cluster.workers).then((found) => {
        if (mine === asked) copies.value = found
      })
      await Promise.race([told, new Promise((done) => setTimeout(done, COPIES_WITHIN))])
      const reply = await send({ method: 'GET', url: from })
      if (mine !== asked) return
      value.value = reply
      located.value = places
      fault.value = ''
    } catch (error) {
      if (mine !== asked) return
      fault.value = explain(error, at)
    } finally {
      if (mine === asked) busy.value = false
    }
  }

  /** The type that the value had, unless the new one contradicts it. */
  function typeOf(text: string): string {
    const former = value.value?.contentType ?? ''
    return former.startsWith('application/json') && !isJson(text)
      ? 'text/plain; charset=utf-8'
      : former || 'text/plain; charset=utf-8'
  }

  async function save(text: string, etag: string): Promise<Saved> {
    const to = url()
    if (to === null) return { fault: 'No worker is online.' }
    const headers: Record<string, string> = { 'Content-Type': typeOf(text) }
    if (etag === '') headers['If-None-Match'] = '*'
    else headers['If-Match'] = etag
    try {
      const reply = await send({ method: 'PUT', url: to, headers, body: text })
      if (reply.status === 412) {
        const theirs = await send({ method: 'GET', url: to })
        return { fault: 'Somebody else changed this key meanwhile.', theirs }
      }
      if (reply.status !== 200) return { fault: reply.body }
    } catch (error) {
      return { fault: explain(error, to) }
    }
    await load()
    return { fault: null }
  }

  async function remove(): Promise<string | null> {
    const wrong = keyFault(key.value)
    if (wrong !== null) return wrong
    const to = url()
    if (to === null) return 'No worker is online.'
    const etag = value.value?.etag
    try {
      const headers: Record<string, string> = etag ? { 'If-Match': etag } : {}
      const reply = await send({ method: 'DELETE', url: to, headers })
      if (reply.status === 412) return 'Somebody else changed this key meanwhile. Read it again.'
      if (reply.status !== 200) return reply.body
    } catch (error) {
      return explain(error, to)
    }
    await load()
    return null
  }

  watch(
    key,
    () => {
      located.value = null
      copies.value = []
      value.value = null
      fault.value = ''
      void load()
    },
    { immediate: true },
  )
  // What was read stays, and what is typed over it: workers may all be away for a moment.
  watch(
    () => cluster.online.size > 0,
    (isAnswered) => {
      if (isAnswered && value.value === null) void load()
    },
  )

  return {
    located,
    copies,
    value,
    newest: computed(() => (located.value ? newestOf(located.value) : null)),
    fault,
    busy,
    load,
    save,
    remove,
    url,
  }
}
