import type { Snapshot } from './snapshot'

export const SERIES = ['reads', 'writes', 'failures', 'p50', 'p99'] as const
export type Series = (typeof SERIES)[number]
export type Figures = Record<Series, number>

const FINE = { every: 1_000, size: 900 }
const COARSE = { every: 15_000, size: 1_440 }

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
    for (const series of SERIES) this.values[series][slot] = figures[series]
  }

  /** Seconds since 1970 and the values of each series asked for, oldest first, from a time on. */
  read(since: number, wanted: readonly Series[]): number[][] {
    const rows: number[][] = [[], ...wanted.map(() => [])]
    for (let i = Math.max(0, this.written - this.size); i < this.written; i++) {
      const slot = i % this.size
      if (this.times[slot]! < since) continue
      rows[0]!.push(this.times[slot]! / 1000)
      wanted.forEach((series, k) => rows[k + 1]!.push(this.values[series][slot]!))
    }
    return rows
  }
}

/** What the feed said about traffic, for fifteen minutes by the second and six hours coarsely. */
export class History {
  private readonly tracks = new Map<string, { fine: Track; coarse: Track }>()

  add(snapshot: Snapshot): void {
    const at = Date.parse(snapshot.at)
    const sum: Figures = { reads: 0, writes: 0, failures: 0, p50: 0, p99: 0 }
    for (const worker of snapshot.workers) {
      const figures = {
        reads: worker.readsPerSecond,
        writes: worker.writesPerSecond,
        failures: worker.failuresPerSecond,
        p50: worker.p50Millis,
        p99: worker.p99Millis,
      }
      sum.reads += figures.reads
      sum.writes += figures.writes
      sum.failures += figures.failures
      sum.p50 = Math.max(sum.p50, figures.p50)
      sum.p99 = Math.max(sum.p99, figures.p99)
      this.put(String(worker.id), at, figures)
    }
    this.put('all', at, sum)
  }

  /** Samples of one worker, or of all: rates summed, latencies of the slowest. */
  read(of: number | 'all', since: number, wanted: readonly Series[]): number[][] {
    const track = this.tracks.get(String(of))
    if (!track) return [[], ...wanted.map(() => [])]
    const fine = track.fine.read(since, wanted)
    const start = fine[0]![0] === undefined ? Infinity : fine[0]![0] * 1000
    if (start - since < COARSE.every) return fine
    const coarse = track.coarse.read(since, wanted)
    const older = coarse[0]!.filter((time) => time * 1000 < start).length
    return fine.map((row, k) => [...coarse[k]!.slice(0, older), ...row])
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
