import { isKnown } from './condition'
import type { Snapshot, Worker } from './snapshot'

export const SERIES = ['reads', 'writes', 'failures', 'p50', 'p99'] as const
export type Series = (typeof SERIES)[number]
/** What there is to say at one moment; null where nobody said it. */
export type Figures = Record<Series, number | null>
/** Times and the values of series; null is a gap, which is not drawn over. */
export type Rows = readonly [
  times: readonly number[],
  ...values: readonly (readonly (number | null)[])[],
]

const FINE = { every: 1_000, size: 900 }
const COARSE = { every: 15_000, size: 1_440 }
/** How much later than it should a sample comes behind a feed that is well. */
const LATE = 3_000

/** A ring of samples of fixed size, so that a page left open for days grows no more. */
class Track {
  private readonly times: Float64Array
  private readonly values: Record<Series, Float64Array>
  private written = 0

  constructor(
    private readonly every: number,
    private readonly size: number,
  ) {
    this.times = new Float64Array(size)
    this.values = Object.fromEntries(
      SERIES.map((series) => [series, new Float64Array(size)]),
    ) as Record<Series, Float64Array>
  }

  add(at: number, figures: Figures): void {
    const last = this.written === 0 ? -Infinity : this.times[(this.written - 1) % this.size]!
    // After a step of the clock backwards the samples would be out of order until it has caught up.
    if (at < last) this.written = 0
    else if (at - last < this.every * 0.8) return
    const slot = this.written++ % this.size
    this.times[slot] = at
    for (const series of SERIES) this.values[series][slot] = figures[series] ?? Number.NaN
  }

  /**
   * Seconds since 1970 and the values of each series asked for, oldest first, from a time on. Where
   * the feed said nothing for a while there is a moment without values.
   */
  read(since: number, wanted: readonly Series[]): Rows {
    const times: number[] = []
    const values = wanted.map((): (number | null)[] => [])
    let last = Infinity
    for (let i = Math.max(0, this.written - this.size); i < this.written; i++) {
      const slot = i % this.size
      const at = this.times[slot]!
      if (at < since) continue
      if (at - last > this.every + LATE) {
        times.push((last + this.every) / 1000)
        for (const row of values) row.push(null)
      }
      last = at
      times.push(at / 1000)
      wanted.forEach((series, k) => {
        const value = this.values[series][slot]!
        values[k]!.push(Number.isNaN(value) ? null : value)
      })
    }
    return [times, ...values]
  }
}

const NOTHING: Figures = { reads: null, writes: null, failures: null, p50: null, p99: null }

/** Whether the figures of a worker are those of now. */
function isHeard(worker: Worker): boolean {
  return worker.status !== 'OFFLINE' && isKnown(worker)
}

const figuresOf = (worker: Worker): Record<Series, number> => ({
  reads: worker.readsPerSecond,
  writes: worker.writesPerSecond,
  failures: worker.failuresPerSecond,
  p50: worker.p50Millis,
  p99: worker.p99Millis,
})

function sumOf(all: readonly Record<Series, number>[]): Figures {
  if (all.length === 0) return NOTHING
  const sum = (series: Series): number => all.reduce((so, one) => so + one[series], 0)
  const most = (series: Series): number => Math.max(...all.map((one) => one[series]))
  return {
    reads: sum('reads'),
    writes: sum('writes'),
    failures: sum('failures'),
    p50: most('p50'),
    p99: most('p99'),
  }
}

/** What the feed said about traffic, for fifteen minutes by the second and six hours coarsely. */
export class History {
  private readonly tracks = new Map<string, { fine: Track; coarse: Track }>()

  add(snapshot: Snapshot): void {
    const at = Date.parse(snapshot.at)
    for (const worker of snapshot.workers) {
      this.put(String(worker.id), at, isHeard(worker) ? figuresOf(worker) : NOTHING)
    }
    this.put('all', at, sumOf(snapshot.workers.filter(isHeard).map(figuresOf)))
  }

  /** Samples of one worker, or of all: rates summed, latencies of the slowest. */
  read(of: number | 'all', since: number, wanted: readonly Series[]): Rows {
    const track = this.tracks.get(String(of))
    if (!track) return [[], ...wanted.map(() => [])]
    const fine = track.fine.read(since, wanted)
    const start = (fine[0][0] ?? Infinity) * 1000
    if (start - since < COARSE.every) return fine
    const [times, ...values] = track.coarse.read(since, wanted)
    const older = times.filter((time) => time * 1000 < start).length
    return [
      [...times.slice(0, older), ...fine[0]],
      ...values.map((row, k) => [...row.slice(0, older), ...fine[k + 1]!]),
    ]
  }

  private put(name: string, at: number, figures: Figures): void {
    let track = this.tracks.get(name)
    if (!track) {
      track = {
        fine: new Track(FINE.every, FINE.size),
        coarse: new Track(COARSE.every, COARSE.size),
      }
      this.tracks.set(name, track)
    }
    track.fine.add(at, figures)
    track.coarse.add(at, figures)
  }
}
