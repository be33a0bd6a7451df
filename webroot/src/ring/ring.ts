import { positionOf } from './md5'

export const RING_SIZE = 2 ** 32

/** One virtual node. It owns the positions after the token before it, up to its own. */
export interface Token {
  readonly position: number
  readonly worker: number
}

/** The virtual nodes of these workers, in the order of the ring. */
export function tokensOf(members: readonly number[], vnodes: number): Token[] {
  const tokens: Token[] = []
  for (const worker of members) {
    for (let v = 0; v < vnodes; v++) {
      tokens.push({ worker, position: positionOf(`worker-${worker}-vnode-${v}`) })
    }
  }
  return tokens.sort((a, b) => a.position - b.position || a.worker - b.worker)
}

/** The index of the first token at or after a position, clockwise, wrapping. */
export function indexAt(tokens: readonly Token[], position: number): number {
  let low = 0
  let high = tokens.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (tokens[middle]!.position < position) low = middle + 1
    else high = middle
  }
  return low === tokens.length ? 0 : low
}

/** The tokens of the first n distinct workers met from a token on. */
export function preferenceFrom(tokens: readonly Token[], start: number, n: number): Token[] {
  const found: Token[] = []
  const seen = new Set<number>()
  for (let i = 0; i < tokens.length && found.length < n; i++) {
    const token = tokens[(start + i) % tokens.length]!
    if (seen.has(token.worker)) continue
    seen.add(token.worker)
    found.push(token)
  }
  return found
}

/** The tokens at which the n owners of a position are met, the preferred one first. */
export function preferenceOf(tokens: readonly Token[], position: number, n: number): Token[] {
  return tokens.length === 0 ? [] : preferenceFrom(tokens, indexAt(tokens, position), n)
}

/** How many positions the token at an index owns. */
export function spanOf(tokens: readonly Token[], index: number): number {
  if (tokens.length === 1) return RING_SIZE
  const before = tokens[(index + tokens.length - 1) % tokens.length]!.position
  return (tokens[index]!.position - before + RING_SIZE) % RING_SIZE
}

/** The part of the ring that each worker owns first, by id. */
export function sharesOf(tokens: readonly Token[]): Map<number, number> {
  const shares = new Map<number, number>()
  tokens.forEach((token, i) => {
    shares.set(token.worker, (shares.get(token.worker) ?? 0) + spanOf(tokens, i) / RING_SIZE)
  })
  return shares
}

/**
 * The part of the key space that has exactly 0, 1, 2 … of its n owners among those alive; of the whole
 * of it, or of what one worker is an owner of.
 */
export function coverage(
  tokens: readonly Token[],
  n: number,
  alive: ReadonlySet<number>,
  ownedBy: number | null = null,
): readonly number[] {
  const parts = Array.from({ length: n + 1 }, () => 0)
  // Who looks for more owners than there are goes around the whole ring, from each token.
  const most = Math.min(n, new Set(tokens.map((token) => token.worker)).size)
  tokens.forEach((_, i) => {
    const owners = preferenceFrom(tokens, i, most)
    if (ownedBy !== null && !owners.some((owner) => owner.worker === ownedBy)) return
    const live = owners.filter((owner) => alive.has(owner.worker)).length
    parts[live]! += spanOf(tokens, i) / RING_SIZE
  })
  return parts
}

/** A part of the ring whose preferred owner changes. */
export interface Move {
  /** It begins behind this position. */
  readonly after: number
  readonly upTo: number
  readonly from: number
  readonly to: number
  readonly share: number
}

/** What changes its preferred owner between two rings, in the order of the ring. */
export function movesOf(before: readonly Token[], after: readonly Token[]): Move[] {
  const cuts = [...new Set([...before, ...after].map((token) => token.position))].sort(
    (a, b) => a - b,
  )
  return cuts.flatMap((cut, i) => {
    const previous = i === 0 ? cuts.at(-1)! - RING_SIZE : cuts[i - 1]!
    const [from, to] = [before, after].map((ring) => ring[indexAt(ring, cut)]!.worker)
    if (from === to) return []
    const start = (previous + RING_SIZE) % RING_SIZE
    return { after: start, upTo: cut, from: from!, to: to!, share: (cut - previous) / RING_SIZE }
  })
}
