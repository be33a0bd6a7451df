import { count, percent, plural } from '../format/numbers'
import type { Quorums } from './snapshot'

export interface Verdict {
  readonly sound: boolean
  readonly rule: string
  readonly meaning: string
}

/** What these quorums promise: a read meets the newest acknowledged write, or it may not. */
export function verdictOf({
  replicationFactor: n,
  writeQuorum: w,
  readQuorum: r,
}: Quorums): Verdict {
  if (r + w > n) {
    return {
      sound: true,
      rule: 'R + W > N',
      meaning: 'a read meets the newest acknowledged write.',
    }
  }
  return {
    sound: false,
    rule: 'R + W ≤ N',
    meaning: 'a read may miss the newest write until it is repaired.',
  }
}

/** The same quorums under another N: W and R never exceed it. */
export function clamped(quorums: Quorums, n: number): Quorums {
  return {
    replicationFactor: n,
    writeQuorum: Math.min(quorums.writeQuorum, n),
    readQuorum: Math.min(quorums.readQuorum, n),
  }
}

export function sameQuorums(a: Quorums, b: Quorums): boolean {
  return (
    a.replicationFactor === b.replicationFactor &&
    a.writeQuorum === b.writeQuorum &&
    a.readQuorum === b.readQuorum
  )
}

export interface Consequence {
  readonly text: string
  readonly final: boolean
}

/** What a change of quorums will do, in numbers. */
export function consequenceOf(from: Quorums, to: Quorums, keys: number): Consequence {
  const copies = (to.replicationFactor - from.replicationFactor) * keys
  if (copies < 0) {
    const text = `About ${count(-copies)} surplus copies will be deleted after every range has ${plural(to.replicationFactor, 'verified replica')}.`
    return { text, final: true }
  }
  if (copies > 0) {
    return {
      text: `About ${count(copies)} new copies will be made in the background.`,
      final: false,
    }
  }
  if (to.replicationFactor !== from.replicationFactor) {
    return { text: 'Nothing is stored yet, so no copies move.', final: false }
  }
  return {
    text: `Writes will wait for ${to.writeQuorum} and reads for ${to.readQuorum} of ${to.replicationFactor}. No copies move.`,
    final: false,
  }
}

export interface Reach {
  readonly sound: boolean
  /** Goes on behind something else, and ends with a full stop. */
  readonly text: string
}

/**
 * What those that answer are enough for. A write needs W workers, whoever they are, as hints count;
 * a read needs owners: `parts` are those of the key space with 0, 1, 2 … of them.
 */
export function reachOf(quorums: Quorums, parts: readonly number[], alive: number): Reach {
  const { writeQuorum: w, readQuorum: r } = quorums
  const unreadable = parts.slice(0, r).reduce((sum, part) => sum + part, 0)
  if (unreadable > 1e-9) {
    return {
      sound: false,
      text: `${percent(unreadable)} of the key space cannot be read with R=${r}.`,
    }
  }
  return alive >= w
    ? { sound: true, text: `reads and writes still meet R=${r} and W=${w}.` }
    : { sound: false, text: `reads still meet R=${r}, writes cannot meet W=${w}.` }
}
