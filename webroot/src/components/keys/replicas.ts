import { copyOf, type Copy } from '../../cluster/copies'
import { hintsAt, stateOf, type Located, type Place, type ReplicaState } from '../../cluster/keys'
import { bytesText, hex32 } from '../../format/numbers'
import { placementOf } from '../../ring/placement'
import type { Token } from '../../ring/ring'

/** An owner of a key and what it has, against the newest of all. */
export interface ReplicaRow extends Place {
  readonly primary: boolean
  readonly token: string
  readonly hints: string
  readonly checksum: string
  readonly size: string
  readonly odd: { readonly checksum: boolean; readonly size: boolean }
  readonly state: ReplicaState | 'other bytes'
}

export function rowsOf(
  located: Located,
  copies: readonly Copy[],
  newest: string | null,
  tokens: readonly Token[],
  n: number,
): ReplicaRow[] {
  const dead = new Set(located.owners.filter((o) => o.status === 'OFFLINE').map((o) => o.id))
  const { replicas } = placementOf(located.key, tokens, n, dead)
  const held = located.owners.map((owner) => copyOf(owner, copies))
  const best = held.find((copy) => copy?.version === newest)
  return located.owners.map((owner, i) => {
    const copy = held[i]
    const replica = replicas.find((one) => one.worker === owner.id)
    const state = stateOf(owner, newest)
    const differs = (what: 'checksum' | 'size' | 'deleted'): boolean =>
      copy !== undefined && best !== undefined && copy[what] !== best[what]
    const odd = { checksum: differs('checksum'), size: differs('size') || differs('deleted') }
    return {
      ...owner,
      primary: i === 0,
      token: replica ? hex32(replica.token.position) : '–',
      hints: hintsAt(replica?.standIn ?? null, located),
      checksum: copy?.checksum ?? '–',
      size: sizeOf(copy),
      odd,
      // What has one version is one value, unless a disk or a bug has changed it.
      state: state === 'in sync' && (odd.checksum || odd.size) ? 'other bytes' : state,
    }
  })
}

function sizeOf(copy: Copy | undefined): string {
  if (!copy) return '–'
  return copy.deleted ? 'deleted' : bytesText(copy.size)
}
