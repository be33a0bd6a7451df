import { ask } from '../console/ask'
import { md5 } from '../ring/md5'
import type { KeyItem, Located, Place } from './keys'
import type { Worker } from './snapshot'

/** What one owner itself has under a key. */
export interface Copy {
  readonly worker: number
  readonly version: string
  readonly size: number
  readonly deleted: boolean
  /** Null where there is no value, or a large one, which is not fetched from all of them. */
  readonly bytes: Uint8Array | null
  /** The first four bytes of the MD5 of the value, made here. */
  readonly checksum: string | null
}

interface Item extends KeyItem {
  readonly tombstone?: boolean
  readonly hintFor?: number
  readonly value?: string
}

/** A larger value would have to come here once from each owner. */
const BYTES_MAX = 256 * 1024

/** The copies of all owners that could be asked; one that gives no answer has none here. */
export async function copiesOf(located: Located, workers: readonly Worker[]): Promise<Copy[]> {
  const found = await Promise.all(
    located.owners.map(async ({ id, status }) => {
      const url = workers.find((worker) => worker.id === id)?.url
      if (url === undefined || status === 'OFFLINE') return null
      return copyAt(url, id, located.key).catch(() => null)
    }),
  )
  return found.filter((copy) => copy !== null)
}

/** A worker lists what it holds; the key that is the prefix itself comes first. */
function list(base: string, key: string, query: string): Promise<{ readonly items: Item[] }> {
  return ask(`${base}/node/keys?prefix=${encodeURIComponent(key)}&${query}`)
}

async function copyAt(base: string, worker: number, key: string): Promise<Copy | null> {
  // Its hints for others stand beside the copy.
  const { items } = await list(base, key, 'all=true&limit=8')
  const held = items.find((item) => item.key === key && item.hintFor === undefined)
  if (!held) return null
  const { version, size, tombstone: deleted = false } = held
  const copy = { worker, version, size, deleted, bytes: null, checksum: null }
  if (deleted || size > BYTES_MAX) return copy
  const [first] = (await list(base, key, 'values=true&limit=1')).items
  if (first?.key !== key || first.version !== version) return copy
  const bytes = Uint8Array.from(atob(first.value ?? ''), (char) => char.charCodeAt(0))
  return { ...copy, bytes, checksum: checksumOf(bytes) }
}

function checksumOf(bytes: Uint8Array): string {
  const half = [...md5(bytes).subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, '0'))
  return `${half.slice(0, 2).join('')} ${half.slice(2).join('')}`
}

/** The copy of an owner, unless it has changed since the owner was asked for its version. */
export function copyOf(place: Place, copies: readonly Copy[]): Copy | undefined {
  return copies.find((copy) => copy.worker === place.id && copy.version === place.version)
}

/** The copies with another value than the newest one, and that one first; none where all agree. */
export function differing(copies: readonly Copy[], newest: string | null): readonly Copy[] {
  const whole = copies.filter((copy) => copy.bytes !== null)
  const best = whole.find((copy) => copy.version === newest)
  const others = best ? whole.filter((copy) => copy.checksum !== best.checksum) : []
  return best && others.length > 0 ? [best, ...others] : []
}
