/** The whole state of the cluster, as the controller publishes it about once a second. */
export interface Snapshot {
  readonly cluster: string
  readonly epoch: number
  readonly seq: number
  readonly at: string
  readonly controller: Controller
  readonly heartbeat: { readonly intervalMillis: number; readonly offlineAfterMillis: number }
  readonly config: Config
  readonly workers: readonly Worker[]
  readonly work: readonly Work[]
  readonly events: readonly ClusterEvent[]
  /** The latest one; null before the first. */
  readonly rollout?: Rollout | null
  readonly late?: readonly Late[]
}

export interface Controller {
  readonly id: string
  readonly version: string | null
  /** The build of the dashboard that it serves. */
  readonly build?: string | null
  readonly startedAt: string
  readonly httpPort: number
  readonly grpcPort: number
}

export interface Quorums {
  readonly replicationFactor: number
  readonly writeQuorum: number
  readonly readQuorum: number
}

export interface Config extends Quorums {
  readonly vnodes: number
  /** The quorums that still hold besides the new ones while a change is under way. */
  readonly former?: Quorums | null
}

export type Status = 'JOINING' | 'ONLINE' | 'OFFLINE' | 'RECOVERING' | 'LEAVING'

export interface Worker {
  readonly id: number
  readonly name: string
  readonly url: string
  readonly status: Status
  readonly since: string
  readonly lastHeartbeat: string | null
  readonly member: boolean
  readonly share: number
  readonly epoch: number | null
  readonly keys: number
  readonly bytes: number
  readonly hints: number
  readonly readsPerSecond: number
  readonly writesPerSecond: number
  readonly failuresPerSecond: number
  readonly p50Millis: number
  readonly p99Millis: number
  readonly diskFull: boolean
  readonly mayCoordinate: boolean
  readonly clockOffsetMillis: number
  readonly suspects: readonly number[]
  readonly version: string | null
  readonly pid: number | null
  readonly startedAt: string | null
  readonly recent: readonly RecentChange[]
  /** What is deployed there, where the controller tells. */
  readonly verticles?: readonly {
    readonly name: string
    readonly generation: number
    readonly state: string
  }[]
}

export interface RecentChange {
  readonly key: string
  readonly version: string
  readonly size: number
  readonly primary: boolean
  readonly tombstone: boolean
  readonly at: string
}

export interface Work {
  readonly kind: string
  readonly worker: number
  readonly done: number
  readonly total: number
  readonly unit: string
  readonly rate: number
}

export interface ClusterEvent {
  readonly seq: number
  readonly at: string
  readonly kind: string
  readonly level: 'INFO' | 'WARN' | 'ERROR'
  readonly worker: number | null
  readonly text: string
}

/** The replacement of a verticle, at one worker or at several in turn. */
export interface Rollout {
  readonly id: string
  readonly name: string
  readonly status: 'running' | 'succeeded' | 'stopped'
  readonly workers: readonly {
    readonly id: number
    readonly status: string
    readonly reason: string | null
  }[]
}

/** An acknowledgement that came behind the answer of a write which somebody follows. */
export interface Late {
  readonly trace: string
  readonly worker: number
  readonly hintFor: number | null
  readonly millis: number
}

/** Whether a message is a snapshot, seen by what nothing on the page could do without. */
export function isSnapshot(message: unknown): message is Snapshot {
  if (typeof message !== 'object' || message === null) return false
  const it = message as Partial<Snapshot>
  return (
    typeof it.seq === 'number' &&
    typeof it.at === 'string' &&
    typeof it.controller?.id === 'string' &&
    typeof it.config?.replicationFactor === 'number' &&
    Array.isArray(it.workers) &&
    Array.isArray(it.work) &&
    Array.isArray(it.events)
  )
}

/**
 * Whether one snapshot takes the place of another: always from a new controller, or from one whose
 * HTTP side was started anew, where the clock may have been set back in between; else if newer.
 */
export function replaces(next: Snapshot, current: Snapshot | null): boolean {
  if (current === null || next.controller.id !== current.controller.id) return true
  return next.controller.startedAt !== current.controller.startedAt || next.seq > current.seq
}
