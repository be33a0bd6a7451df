/** One acknowledgement of a write: who holds a copy, since when, and for whom if it is a hint. */
export interface Ack {
  readonly worker: number
  readonly millis: number
  readonly hintFor: number | null
}

/** Reads the acknowledgements of a PUT from its Server-Timing header. */
export function parseTiming(header: string | null): Ack[] {
  if (!header) return []
  return header.split(',').flatMap((entry) => {
    const worker = /^\s*w(\d+)/.exec(entry)
    const millis = /;\s*dur=([\d.]+)/.exec(entry)
    if (!worker || !millis) return []
    const hint = /;\s*desc="hint for (\d+)"/.exec(entry)
    return [
      {
        worker: Number(worker[1]),
        millis: Number(millis[1]),
        hintFor: hint ? Number(hint[1]) : null,
      },
    ]
  })
}
