import { angleOf, apart } from './geometry'
import { positionOf } from './md5'
import { preferenceOf, type Token } from './ring'

/** Badges stand at least this far apart, in radians. */
const BADGE_ROOM = 0.31

/** One owner of a key, and where its badge is drawn. */
export interface Replica {
  readonly worker: number
  readonly token: Token
  readonly dead: boolean
  /** The worker that hints for it go to while it is dead, if any is left; there may be none yet. */
  readonly standIn: number | null
  readonly badgeAngle: number
}

export interface Placement {
  readonly key: string
  readonly position: number
  readonly replicas: readonly Replica[]
}

/** Where a key lives: its owners in order of preference, and who stands in for the dead ones. */
export function placementOf(
  key: string,
  tokens: readonly Token[],
  n: number,
  dead: ReadonlySet<number>,
): Placement {
  const position = positionOf(key)
  const everyone = preferenceOf(tokens, position, tokens.length)
  const owners = everyone.slice(0, n)
  const spare = everyone.slice(n).filter((token) => !dead.has(token.worker))
  const angles = apart(
    owners.map((token) => angleOf(token.position)),
    BADGE_ROOM,
  )
  let used = 0
  const replicas = owners.map((token, i) => {
    const isDead = dead.has(token.worker)
    return {
      worker: token.worker,
      token,
      dead: isDead,
      standIn: isDead ? (spare[used++]?.worker ?? null) : null,
      badgeAngle: angles[i]!,
    }
  })
  return { key, position, replicas }
}

/** The variable that holds a worker's colour. */
export function colourOf(worker: number): string {
  return `var(--w${worker % 8})`
}
