import type { Late } from '../cluster/snapshot'
import type { Reply } from './client'
import type { Draft } from './request'
import type { Ack } from './timing'

/** One request and what became of it, as SYSTEM OUTPUT shows it. */
export interface Entry {
  readonly id: number
  readonly at: number
  /** Without the value: there are many entries, and no page shows it. */
  readonly draft: Omit<Draft, 'value'>
  readonly url: string
  readonly reply: Omit<Reply, 'bytes'> | null
  readonly error: string | null
  /** Owners of whose copy nothing is known yet. */
  readonly pending: readonly number[]
  /** Acknowledgements that came behind the answer. */
  readonly late: readonly Ack[]
  /** Owners that were found to hold the version without having said when they got it. */
  readonly confirmed: readonly number[]
}

/** A worker may keep its own copy and hints for others. */
export function copyOf(ack: Pick<Ack, 'worker' | 'hintFor'>): string {
  return `${ack.worker}/${ack.hintFor ?? ack.worker}`
}

/** The entry with what the feed tells of its write; the very same one when that is nothing new. */
export function withLate(entry: Entry, told: readonly Late[]): Entry {
  const trace = entry.reply?.trace
  if (!trace) return entry
  const heard = new Set([...(entry.reply?.acks ?? []), ...entry.late].map(copyOf))
  const late = told
    .filter((one) => one.trace === trace && !heard.has(copyOf(one)))
    .map(({ worker, hintFor, millis }) => ({ worker, hintFor, millis }))
  if (late.length === 0) return entry
  const settled = new Set(late.flatMap((ack) => [ack.worker, ack.hintFor ?? ack.worker]))
  return {
    ...entry,
    late: [...entry.late, ...late],
    pending: entry.pending.filter((worker) => !settled.has(worker)),
    confirmed: entry.confirmed.filter((worker) => !settled.has(worker)),
  }
}
