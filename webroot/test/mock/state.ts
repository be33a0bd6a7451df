import type {
  ClusterEvent,
  Config,
  Late,
  RecentChange,
  Rollout,
  Snapshot,
  Status,
  Work,
  Worker,
} from '../../src/cluster/snapshot'
import type { RingView } from '../../src/cluster/ringView'
import { positionOf } from '../../src/ring/md5'
import { MockVerticles } from './verticles'
import { preferenceOf, sharesOf, tokensOf, type Token } from '../../src/ring/ring'

export interface Stored {
  readonly value: Buffer
  readonly contentType: string
  readonly version: string
  readonly at: string
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

const START = Date.now() - 40 * 60_000
const RECENT_MAX = 8

/** A cluster in memory: the ring is real, time and traffic are the test's. */
export class MockState {
  readonly stores = new Map<number, Map<string, Stored>>()
  /** Versions that a worker keeps as hints for owners that are away, by key. */
  readonly hinted = new Map<number, Map<string, string>>()
  readonly events: ClusterEvent[] = []
  config: Mutable<Config> = { replicationFactor: 3, writeQuorum: 2, readQuorum: 2, vnodes: 10 }
  controllerId = 'controller-1'
  epoch = 7
  seq = Date.now()
  work: Work[] = []
  late: Late[] = []
  rollout: Rollout | null = null
  build: string | null = null
  workers: Mutable<Worker>[] = []
  /** Null in a cluster that cannot replace verticles yet. */
  verticles: MockVerticles | null = new MockVerticles(this)
  httpPort = 5000
  /** Added to the clock of the controller, against a browser whose clock is off. */
  skew = 0
  private lastVersion = 0

  constructor(count: number) {
    for (let id = 0; id < count; id++) this.workers.push(blank(id))
    for (const { id } of this.workers) {
      this.stores.set(id, new Map())
      this.hinted.set(id, new Map())
    }
    const shares = sharesOf(this.tokens)
    for (const worker of this.workers) {
      worker.share = shares.get(worker.id) ?? 0
      this.verticles?.tell(worker.id)
    }
  }

  get tokens(): Token[] {
    return tokensOf(
      this.workers.map((worker) => worker.id),
      this.config.vnodes,
    )
  }

  now(): number {
    return Date.now() + this.skew
  }

  ownersOf(key: string): number[] {
    return preferenceOf(this.tokens, positionOf(key), this.config.replicationFactor).map(
      (token) => token.worker,
    )
  }

  /** The other workers, in the order in which they stand in for owners. */
  standInsOf(key: string): number[] {
    const owners = this.ownersOf(key)
    return preferenceOf(this.tokens, positionOf(key), this.workers.length)
      .map((token) => token.worker)
      .filter((id) => !owners.includes(id))
  }

  nextVersion(worker: number): string {
    const at = Math.max(this.now(), this.lastVersion + 1)
    this.lastVersion = at
    return `${at.toString(16).padStart(12, '0')}0000-${worker}`
  }

  /** Every key that anybody holds. */
  everything(): Map<string, Stored> {
    return new Map([...this.stores.values()].flatMap((store) => [...store]))
  }

  /** Puts a copy on every owner that is not offline, and hints for the others on their stand-ins. */
  store(key: string, value: string | Buffer, contentType = 'text/plain'): string {
    const owners = this.ownersOf(key)
    const version = this.nextVersion(owners[0]!)
    const at = new Date(this.now()).toISOString()
    const spare = this.standInsOf(key).filter((id) => this.workers[id]!.status !== 'OFFLINE')
    for (const id of owners) {
      const worker = this.workers[id]!
      if (worker.status === 'OFFLINE') {
        this.hint(spare.shift(), key, version)
        continue
      }
      const stored = { value: Buffer.from(value), contentType, version, at }
      this.stores.get(id)!.set(key, stored)
      this.noticed(worker, key, stored, id === owners[0])
    }
    return version
  }

  remove(key: string): void {
    for (const id of this.ownersOf(key)) {
      this.stores.get(id)!.delete(key)
      const worker = this.workers[id]!
      worker.recent = worker.recent.filter((change) => change.key !== key)
    }
  }

  setStatus(id: number, status: Status, text: string, level: ClusterEvent['level'] = 'INFO'): void {
    const worker = this.workers[id]!
    worker.status = status
    worker.since = new Date(this.now()).toISOString()
    this.record(`worker_${status.toLowerCase()}`, level, id, text)
  }

  record(kind: string, level: ClusterEvent['level'], worker: number | null, text: string): void {
    const at = new Date(this.now()).toISOString()
    this.events.unshift({ seq: this.events.length + 1, at, kind, level, worker, text })
  }

  /** What `/cluster/events` tells, newest last: the first ones behind `since`, else the last ones. */
  eventsOf(query: URLSearchParams): ClusterEvent[] {
    const limit = Number(query.get('limit') ?? 100)
    const since = query.get('since')
    const log = this.events.toReversed()
    if (since === null) return log.slice(-limit)
    return log.filter((event) => event.seq > Number(since)).slice(0, limit)
  }

  /** What a worker tells of the configuration that it uses. */
  ring(): RingView {
    const members = this.workers.map(({ id, share }) => ({ id, share }))
    return { epoch: this.epoch, ...this.config, members }
  }

  snapshot(): Snapshot {
    this.seq++
    return {
      cluster: 'rondo',
      epoch: this.epoch,
      seq: this.seq,
      at: new Date(this.now()).toISOString(),
      controller: {
        id: this.controllerId,
        version: '0.1.0',
        build: this.build,
        startedAt: new Date(START).toISOString(),
        httpPort: this.httpPort,
        grpcPort: 6000,
      },
      heartbeat: { intervalMillis: 3000, offlineAfterMillis: 8000 },
      config: this.config,
      workers: this.workers,
      work: this.work,
      events: this.events.slice(0, 30),
      rollout: this.rollout,
      late: this.late,
    }
  }

  private hint(worker: number | undefined, key: string, version: string): void {
    if (worker === undefined) return
    this.hinted.get(worker)!.set(key, version)
    this.workers[worker]!.hints++
  }

  private noticed(worker: Mutable<Worker>, key: string, stored: Stored, primary: boolean): void {
    const change: RecentChange = {
      key,
      version: stored.version,
      size: stored.value.length,
      primary,
      tombstone: false,
      at: stored.at,
    }
    const others = worker.recent.filter((one) => one.key !== key)
    worker.recent = [change, ...others].slice(0, RECENT_MAX)
    worker.keys = Math.max(worker.keys, this.stores.get(worker.id)!.size)
  }
}

function blank(id: number): Mutable<Worker> {
  const at = new Date(START + 2_000).toISOString()
  return {
    id,
    name: `Worker ${id}`,
    url: `http://127.0.0.1:${5001 + id}`,
    status: 'ONLINE',
    since: at,
    lastHeartbeat: new Date().toISOString(),
    member: true,
    share: 0,
    epoch: 7,
    keys: 0,
    bytes: 0,
    hints: 0,
    readsPerSecond: 0,
    writesPerSecond: 0,
    failuresPerSecond: 0,
    p50Millis: 0,
    p99Millis: 0,
    diskFull: false,
    mayCoordinate: true,
    clockOffsetMillis: 0,
    suspects: [],
    version: '0.1.0',
    pid: 4711 + id,
    startedAt: at,
    recent: [],
  }
}
