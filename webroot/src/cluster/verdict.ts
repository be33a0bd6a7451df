import { count, plural } from '../format/numbers'
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
