import { computed, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue'
import { locate, newestOf, type Located } from '../../cluster/keys'
import { useCluster } from '../../cluster/store'
import { explain, send, type Reply } from '../../console/client'
import { baseOf, contentTypeOf } from '../../console/request'

/** One key: where it lives, what its owners hold, and its value. */
export interface Inspection {
  readonly located: Ref<Located | null>
  readonly value: Ref<Reply | null>
  readonly newest: ComputedRef<string | null>
  readonly fault: Ref<string>
  readonly busy: Ref<boolean>
  load(readQuorum?: number): Promise<void>
  save(text: string): Promise<string | null>
  remove(): Promise<string | null>
  url(): string | null
}

export function useInspection(key: Ref<string>): Inspection {
  const cluster = useCluster()
  const located = shallowRef<Located | null>(null)
  const value = shallowRef<Reply | null>(null)
  const fault = ref('')
  const busy = ref(false)
  let asked = 0

  const base = (): string | null => baseOf('auto', cluster.workers, location.origin)
  function url(): string | null {
    const at = base()
    return at === null ? null : `${at}/kv/${encodeURIComponent(key.value)}`
  }

  async function load(readQuorum?: number): Promise<void> {
    const at = base()
    if (key.value === '' || at === null) return
    const mine = ++asked
    busy.value = true
    const query = readQuorum === undefined ? '' : `?r=${readQuorum}`
    try {
      const reply = await send({ method: 'GET', url: `${url()}${query}` })
      const places = await locate(at, key.value)
      if (mine !== asked) return
      value.value = reply
      located.value = places
      fault.value = ''
    } catch (error) {
      if (mine !== asked) return
      fault.value =
        error instanceof SyntaxError ? 'The worker answered nonsense.' : explain(error, at)
    } finally {
      if (mine === asked) busy.value = false
    }
  }

  /** Sends a change of what is shown; the answer is null, or why it was refused. */
  async function change(method: 'PUT' | 'DELETE', body?: string): Promise<string | null> {
    const to = url()
    if (to === null) return 'No worker is online.'
    const etag = value.value?.etag
    const headers: Record<string, string> = etag ? { 'If-Match': etag } : {}
    if (body !== undefined) headers['Content-Type'] = contentTypeOf(body)
    try {
      const reply = await send({ method, url: to, headers, body })
      if (reply.status === 412) return 'Somebody else changed this key meanwhile. Read it again.'
      if (reply.status !== 200) return reply.body
    } catch (error) {
      return explain(error, to)
    }
    await load()
    return null
  }

  watch(
    [key, () => cluster.online.size > 0],
    () => {
      located.value = null
      value.value = null
      void load()
    },
    { immediate: true },
  )

  return {
    located,
    value,
    newest: computed(() => (located.value ? newestOf(located.value) : null)),
    fault,
    busy,
    load,
    save: (text) => change('PUT', text),
    remove: () => change('DELETE'),
    url,
  }
}
