import { ask } from '../console/ask'

/** One key as a worker lists it. */
export interface KeyItem {
  readonly key: string
  readonly version: string
  readonly contentType: string
  readonly size: number
}

export interface KeyPage {
  readonly items: readonly KeyItem[]
  readonly next: string | null
}

/** A worker and what it has of a key: an owner its copy, a stand-in a hint. */
export interface Place {
  readonly id: number
  readonly status: string
  readonly version: string | null
}

export interface Located {
  readonly key: string
  readonly position: number
  readonly owners: readonly Place[]
  readonly standIns: readonly Place[]
}

/** Whose keys are listed: those of the whole cluster, or what one worker itself holds. */
export type Extent = '/kv' | '/node/keys'

/** A page of keys in the order of their bytes; a key that is the prefix itself comes first. */
export function listKeys(
  base: string,
  extent: Extent,
  prefix: string,
  cursor: string | null,
  limit: number,
): Promise<KeyPage> {
  const query = new URLSearchParams({ limit: String(limit) })
  if (prefix !== '') query.set('prefix', prefix)
  if (cursor !== null) query.set('cursor', cursor)
  return ask(`${base}${extent}?${query.toString().replaceAll('+', '%20')}`)
}

/** Who owns a key and which version each owner holds now. */
export function locate(base: string, key: string): Promise<Located> {
  return ask(`${base}/ring/keys/${encodeURIComponent(key)}`)
}

export type ReplicaState = 'in sync' | 'stale' | 'missing' | 'offline' | 'unknown'

/** How a replica stands against the newest version that any owner holds. */
export function stateOf(place: Place, newest: string | null): ReplicaState {
  if (place.status === 'OFFLINE') return 'offline'
  if (place.version === null && place.status === 'JOINING') return 'unknown'
  if (place.version === newest) return 'in sync'
  return place.version === null ? 'missing' : 'stale'
}

/**
 * Where hints of a key are for an owner that is away and whose place `standIn` takes, if anybody.
 * That there is one is said only when the stand-in told so.
 */
export function hintsAt(standIn: number | null, located: Located | null): string {
  if (standIn === null) return ''
  const kept = located?.standIns.find((place) => place.id === standIn)?.version ?? null
  return kept === null ? `hints go to W${standIn}` : `hinted on W${standIn}`
}

/** Versions of equal length sort as text. */
export function newestOf(located: Located): string | null {
  const versions = located.owners.flatMap((owner) => owner.version ?? [])
  return versions.toSorted().at(-1) ?? null
}
