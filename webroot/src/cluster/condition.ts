import type { Snapshot, Status, Worker } from './snapshot'

/** How a worker looks to a person: its status, or that there are signs against it. */
export type Condition = Status | 'SUSPECT'

/** How many intervals a heartbeat may take before it is late. */
export const LATE = 1.4

/** The age of the last heartbeat on the server's clock; null when none has come. */
export function heartbeatAge(worker: Worker, now: number): number | null {
  return worker.lastHeartbeat === null ? null : Math.max(0, now - Date.parse(worker.lastHeartbeat))
}

/** How long the process of a worker runs; null when it does not or nobody knows. */
export function uptimeOf(worker: Worker, now: number): number | null {
  if (worker.startedAt === null || worker.status === 'OFFLINE') return null
  return Math.max(0, now - Date.parse(worker.startedAt))
}

/** The age of the last heartbeat when the snapshot was made: later silence may be that of the feed. */
function ageIn(snapshot: Snapshot, worker: Worker): number | null {
  return heartbeatAge(worker, Date.parse(snapshot.at))
}

export function isLate(worker: Worker, snapshot: Snapshot): boolean {
  return (ageIn(snapshot, worker) ?? 0) > snapshot.heartbeat.intervalMillis * LATE
}

/** How long a worker has been silent; null where it is not, as one whose storage failed, or never spoke. */
export function silenceOf(worker: Worker, snapshot: Snapshot, now: number): number | null {
  const isSilent = (ageIn(snapshot, worker) ?? 0) >= snapshot.heartbeat.offlineAfterMillis
  return isSilent ? heartbeatAge(worker, now) : null
}

/** An online worker whose heartbeat is late, or whom another online worker cannot reach. */
export function conditionOf(worker: Worker, snapshot: Snapshot): Condition {
  if (worker.status !== 'ONLINE') return worker.status
  const accused = snapshot.workers.some(
    (other) => other.status === 'ONLINE' && other.suspects.includes(worker.id),
  )
  return accused || isLate(worker, snapshot) ? 'SUSPECT' : 'ONLINE'
}

/** What a worker that answers says against itself; empty where that is nothing. */
export function complaintOf(worker: Worker): string {
  if (worker.status === 'OFFLINE' || !isKnown(worker)) return ''
  if (!worker.member) return 'It is no member of this cluster: it takes no keys and serves nobody.'
  if (worker.diskFull) return 'Its disk is full: it refuses writes.'
  // Until it has caught up it does not coordinate, and that is well.
  return worker.status !== 'ONLINE' || worker.mayCoordinate
    ? ''
    : 'It coordinates no writes: its clock or its storage is in doubt.'
}

/** Whether the worker ever told the controller how it is; until then its figures stand for nothing. */
export function isKnown(worker: Worker): boolean {
  return worker.epoch !== null
}

/** What there is to say in place of the changes of a worker that shows none. */
export function emptiness(worker: Worker): string {
  if (isKnown(worker)) return worker.keys === 0 ? 'No data stored.' : 'No recent changes.'
  return worker.status === 'OFFLINE' ? 'Nothing is known.' : 'Nothing is known yet.'
}

/** Members that hold data and answer, whether or not they have caught up. */
export function aliveIds(snapshot: Snapshot): Set<number> {
  return new Set(
    snapshot.workers
      .filter((worker) => isTaking(worker) && worker.status !== 'JOINING')
      .map((worker) => worker.id),
  )
}

/** Whether a write may count on the worker; the members refuse one that is none of them. */
export function isTaking(worker: Worker): boolean {
  return worker.member && worker.status !== 'OFFLINE'
}

/** Members that have caught up. */
export function onlineIds(snapshot: Snapshot): Set<number> {
  return new Set(snapshot.workers.filter(isServing).map((worker) => worker.id))
}

/** Whether it answers clients in full. */
export function isServing(worker: Worker): boolean {
  return worker.member && worker.status === 'ONLINE'
}

export function memberIds(snapshot: Snapshot): number[] {
  return snapshot.workers
    .filter((worker) => worker.member)
    .map((worker) => worker.id)
    .sort((a, b) => a - b)
}
