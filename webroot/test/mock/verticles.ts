import type { Replacement, Verticle } from '../../src/cluster/verticles'
import type { Rollout } from '../../src/cluster/snapshot'
import type { MockState } from './state'

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

const NAMES = ['persistence', 'heartbeat', 'replication', 'router', 'api']

/** The verticles of each worker; they are replaced when a test says that they are. */
export class MockVerticles {
  /** How often a page looked. */
  asked = 0
  private ids = 0
  private readonly held = new Map<number, Mutable<Verticle>[]>()

  /** Takes an order in and does nothing until it is told to {@link start}. */
  slow = false

  constructor(private readonly state: MockState) {}

  of(worker: number): Mutable<Verticle>[] {
    let found = this.held.get(worker)
    if (!found) this.held.set(worker, (found = NAMES.map((name) => fresh(name))))
    return found
  }

  find(worker: number, name: string): Mutable<Verticle> | undefined {
    return this.of(worker).find((one) => one.name === name)
  }

  begin(worker: number, name: string, action: string): void {
    const workers = [{ id: worker, status: 'running', reason: null }]
    this.state.rollout = { id: `rollout-${++this.ids}`, name, status: 'running', workers }
    if (!this.slow) this.start(worker, name, action)
  }

  start(worker: number, name: string, action: string): void {
    const verticle = this.find(worker, name)!
    verticle.state = 'replacing'
    const step = 'starting'
    verticle.last = { ...open(action), id: String(++this.ids), step }
    this.tell(worker)
  }

  /** The worker does not even begin, and the rollout stops. */
  decline(worker: number, reason: string): void {
    const { rollout } = this.state
    if (rollout) this.state.rollout = ended(rollout, worker, reason)
  }

  /** The replacement that runs is over, well or for this reason. */
  end(worker: number, name: string, reason: string | null = null): void {
    const verticle = this.find(worker, name)!
    const endedAt = new Date(this.state.now()).toISOString()
    const { last, code, jar } = verticle
    verticle.state = 'running'
    verticle.last = { ...last!, endedAt, reason, status: reason === null ? 'succeeded' : 'failed' }
    if (reason === null) {
      verticle.generation++
      verticle.rollback = { code, jar }
      verticle.since = endedAt
    }
    const text = `Worker ${worker} runs generation ${verticle.generation} of ${name}`
    this.state.record('verticle_redeployed', 'INFO', worker, text)
    this.tell(worker)
    const { rollout } = this.state
    if (rollout?.status === 'running') this.state.rollout = ended(rollout, worker, reason)
  }

  /** The feed names generations and states, which is how a page learns that there is more to ask. */
  tell(worker: number): void {
    this.state.workers[worker]!.verticles = this.of(worker).map(({ name, generation, state }) => ({
      name,
      generation,
      state,
    }))
  }
}

function ended(rollout: Rollout, id: number, reason: string | null): Rollout {
  const status = reason === null ? 'succeeded' : 'failed'
  const workers = [{ id, status, reason }]
  return { ...rollout, status: reason === null ? 'succeeded' : 'stopped', workers }
}

function open(action: string): Replacement {
  return {
    id: '0',
    action,
    status: 'running',
    step: 'starting',
    endedAt: null,
    heldMillis: 2,
    reason: null,
  }
}

function fresh(name: string): Mutable<Verticle> {
  const since = new Date(Date.now() - 40 * 60_000).toISOString()
  return {
    name,
    since,
    replaceable: true,
    instances: 1,
    generation: 1,
    code: '0.1.0',
    jar: null,
    inFlight: name === 'router' ? 4 : 0,
    state: 'running',
    rollback: null,
    last: null,
  }
}
