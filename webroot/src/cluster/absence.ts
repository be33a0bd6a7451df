import type { Fact } from '../components/common/facts'
import { bytesText, count, percent, rate } from '../format/numbers'
import { span } from '../format/times'
import { coverage, type Token } from '../ring/ring'
import { heartbeatAge, isKnown, isTaking } from './condition'
import type { Snapshot, Worker } from './snapshot'
import { reachOf, type Reach } from './verdict'

export interface View {
  readonly snapshot: Snapshot
  /** None where there is no ring yet; then nothing is said of copies. */
  readonly tokens: readonly Token[]
  /** Who holds data and answers. */
  readonly alive: ReadonlySet<number>
  readonly now: number
}

/** What it means that a worker is away while it is restarted. */
export interface Absence {
  readonly lead: string
  readonly facts: readonly Fact[]
  readonly reach: Reach | null
}

export function absenceOf(worker: Worker, view: View): Absence {
  const gone = worker.status === 'OFFLINE'
  return {
    lead: gone ? startOf(worker, view.now) : stopOf(worker, others(worker, view).size > 0),
    facts: [
      ['Requests now', gone ? 'none, it is offline' : traffic(worker)],
      [gone ? 'Keys when last heard of' : 'Keys', stored(worker)],
      ...copies(worker, view),
      ['Hints that wait for it', waiting(worker, view.snapshot)],
      ['Hints that it keeps for others', isKnown(worker) ? count(worker.hints) : 'not known'],
    ],
    reach: reach(worker, view),
  }
}

function startOf(worker: Worker, now: number): string {
  const age = heartbeatAge(worker, now)
  const heard = age === null ? 'has not been heard of' : `was heard of ${span(age)} ago`
  return `It is offline and ${heard}. Its process is started; should it still hang, it is stopped first.`
}

function stopOf(worker: Worker, hasOthers: boolean): string {
  const process = worker.pid === null ? 'Its process' : `Its process ${worker.pid}`
  const meanwhile = hasOthers
    ? 'others answer in its place, and its copies of what is written wait as hints'
    : 'nobody answers in its place'
  return `${process} is stopped cleanly and started at once. Until it is back ${meanwhile}.`
}

function traffic({ readsPerSecond: reads, writesPerSecond: writes }: Worker): string {
  return `${rate(reads + writes)}/s: ${rate(reads)} reads, ${rate(writes)} writes`
}

function stored(worker: Worker): string {
  return isKnown(worker) ? `${count(worker.keys)}, ${bytesText(worker.bytes)}` : 'not known'
}

/** The alive without the worker. */
function others(worker: Worker, view: View): Set<number> {
  return new Set([...view.alive].filter((id) => id !== worker.id))
}

function copies(worker: Worker, view: View): Fact[] {
  const n = view.snapshot.config.replicationFactor
  if (view.tokens.length === 0 || !worker.member) return []
  const parts = coverage(view.tokens, n, others(worker, view), worker.id)
  const owned = parts.reduce((sum, part) => sum + part, 0)
  const [least, most] = [
    parts.findIndex((part) => part > 1e-9),
    parts.findLastIndex((part) => part > 1e-9),
  ]
  const left = least === most ? String(least) : `${least} to ${most}`
  return [
    ['Owner of', `${percent(owned)} of the key space`],
    ['Copies there meanwhile', `${left} of ${n}`],
  ]
}

function waiting(worker: Worker, snapshot: Snapshot): string {
  const work = snapshot.work.find((one) => one.kind === 'hints' && one.worker === worker.id)
  return work && work.total > 0 ? count(Math.max(0, work.total - work.done)) : 'none known'
}

function reach(worker: Worker, view: View): Reach | null {
  const { config, workers } = view.snapshot
  if (config.former) {
    const text = 'a change of the quorums is under way, and until it is over both must be met.'
    return { sound: false, text }
  }
  if (view.tokens.length === 0) return null
  const answering = workers.filter((one) => isTaking(one) && one.id !== worker.id)
  const parts = coverage(view.tokens, config.replicationFactor, others(worker, view))
  return reachOf(config, parts, answering.length)
}
