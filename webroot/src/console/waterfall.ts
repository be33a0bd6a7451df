import { copyOf, type Entry } from './entry'
import type { Ack } from './timing'

/** One copy: how far its bar reaches, in percent. */
export interface Row {
  readonly copy: string
  readonly worker: number
  readonly width: number
  /** Behind the answer, or not there yet. */
  readonly background: boolean
  readonly text: string
}

export interface Waterfall {
  readonly rows: readonly Row[]
  /** Where the client was answered, in percent. */
  readonly line: number
  readonly answeredAt: number
}

/** The line of the answer stands here, unless later copies took so long that they need the room. */
const LINE = 60
const END = 92
const LEAST = 3

const byTime = (a: Ack, b: Ack): number => a.millis - b.millis

/** The acknowledgements of a write on one scale of time. */
export function waterfallOf(entry: Entry): Waterfall {
  const acks = (entry.reply?.acks ?? []).toSorted(byTime)
  const late = entry.late.toSorted(byTime)
  const answeredAt = acks.at(-1)?.millis ?? 0
  const scale = Math.min(
    LINE / Math.max(answeredAt, 0.001),
    END / Math.max(late.at(-1)?.millis ?? 0, 0.001),
  )
  const width = (millis: number): number => Math.max(LEAST, millis * scale)
  const word = ({ worker, hintFor }: Ack): string => {
    if (hintFor !== null) return `hint for W${hintFor}`
    return worker === entry.reply?.coordinator ? 'local' : 'ack'
  }
  const row = (ack: Ack, background: boolean): Row => ({
    copy: copyOf(ack),
    worker: ack.worker,
    width: width(ack.millis),
    background,
    text: `${ack.millis.toFixed(1)} ms ${background && ack.hintFor === null ? 'background' : word(ack)}`,
  })
  const unknown = (worker: number): Row => ({
    copy: `${worker}/${worker}`,
    worker,
    width: END,
    background: true,
    text: entry.confirmed.includes(worker) ? 'background, has it' : 'background',
  })
  const rows = [
    ...acks.map((ack) => row(ack, false)),
    ...late.map((ack) => row(ack, true)),
    ...entry.pending.map(unknown),
  ]
  return { rows, line: width(answeredAt), answeredAt }
}
