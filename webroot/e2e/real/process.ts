import { spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { freePorts } from './ports'

const TARGET = new URL('../../../target', import.meta.url).pathname
const SMALL = ['-Xmx160m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1']
/** Five JVMs that start on a busy machine need it. */
const PATIENCE = { timeout: 150_000, intervals: [100] }
const IDS: readonly number[] = [0, 1, 2, 3]
const WORKERS = IDS.length

interface ClusterState {
  readonly epoch: number
  readonly config: { readonly replicationFactor: number; readonly former: object | null }
  readonly workers: readonly { readonly id: number; readonly status: string }[]
  readonly work: readonly object[]
}

export interface Answer {
  readonly status: number
  readonly coordinator: string | null
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  if (isAlive(pid)) process.kill(pid, name)
}

/** A controller as users start it, from the jar, and the four workers that it starts itself. */
export class RealCluster {
  readonly ids = IDS
  readonly folder: string
  private controller: ChildProcess | null = null
  private readonly killed = () => this.pids().forEach((pid) => signal(pid, 'SIGKILL'))

  private constructor(
    private readonly http: number,
    private readonly grpc: number,
    private readonly membership: number,
  ) {
    mkdirSync(join(TARGET, 'e2e-real'), { recursive: true })
    this.folder = mkdtempSync(join(TARGET, 'e2e-real', 'cluster-'))
    writeFileSync(this.conf, JSON.stringify(this.configuration(), null, 2))
    process.once('exit', this.killed)
  }

  static async start(): Promise<RealCluster> {
    const [http, grpc, membership] = [
      await freePorts(WORKERS + 1),
      await freePorts(WORKERS + 1),
      await freePorts(WORKERS + 2),
    ]
    const cluster = new RealCluster(http, grpc, membership)
    cluster.startController()
    try {
      await cluster.settled()
    } catch (error) {
      await cluster.stop()
      throw error
    }
    return cluster
  }

  get host(): string {
    return `127.0.0.1:${this.http}`
  }

  get url(): string {
    return `http://${this.host}`
  }

  worker(id: number): string {
    return `http://127.0.0.1:${this.http + 1 + id}`
  }

  startController(): void {
    const log = openSync(join(this.folder, 'controller.log'), 'a')
    const options = [...SMALL, '-jar', join(TARGET, 'rondo.jar'), '--conf', this.conf]
    this.controller = spawn('java', options, { stdio: ['ignore', log, log] })
  }

  /** Gone at once, without a word to anybody; its workers live on. */
  async killController(): Promise<void> {
    const gone = new Promise((done) => this.controller!.once('exit', done))
    this.controller!.kill('SIGKILL')
    await gone
  }

  stopController(): void {
    this.controller!.kill('SIGSTOP')
  }

  contController(): void {
    this.controller!.kill('SIGCONT')
  }

  pid(worker: number): number {
    return Number(readFileSync(join(this.folder, 'data', `worker-${worker}`, 'pid'), 'utf8'))
  }

  kill9(worker: number): void {
    process.kill(this.pid(worker), 'SIGKILL')
  }

  async state(): Promise<ClusterState> {
    const response = await fetch(`${this.url}/cluster`)
    return (await response.json()) as ClusterState
  }

  /** Waits until all workers are online and nothing is changing or moving. */
  async settled(copies = 3): Promise<void> {
    await expect(async () => {
      const { config, work, workers } = await this.state()
      expect(workers.map((worker) => worker.status)).toEqual(IDS.map(() => 'ONLINE'))
      expect(config).toMatchObject({ replicationFactor: copies })
      expect([config.former ?? null, work]).toEqual([null, []])
    }).toPass(PATIENCE)
  }

  async put(key: string, value: string, worker = 0): Promise<Answer> {
    const url = `${this.worker(worker)}/kv/${encodeURIComponent(key)}`
    const response = await fetch(url, { method: 'PUT', body: value })
    return { status: response.status, coordinator: response.headers.get('X-Rondo-Coordinator') }
  }

  /** The workers that own a key, in order of their ids. */
  async owners(key: string): Promise<number[]> {
    const response = await fetch(`${this.worker(0)}/ring/keys/${encodeURIComponent(key)}`)
    const { owners } = (await response.json()) as { owners: { id: number }[] }
    return owners.map((owner) => owner.id).toSorted((a, b) => a - b)
  }

  /** The keys of that prefix which a worker itself holds. */
  async held(worker: number, prefix: string): Promise<string[]> {
    const response = await fetch(`${this.worker(worker)}/node/keys?prefix=${prefix}&limit=1000`)
    const { items } = (await response.json()) as { items: { key: string }[] }
    return items.map((item) => item.key)
  }

  /** Ends everything as a user would; says so when a process does not go. */
  async stop(): Promise<void> {
    this.contController()
    const pids = this.pids()
    // The controller ends its workers.
    if (this.controllerLives()) this.controller!.kill('SIGTERM')
    else pids.forEach((pid) => signal(pid, 'SIGTERM'))
    try {
      await expect(() => expect(pids.filter(isAlive)).toEqual([])).toPass({ timeout: 20_000 })
    } finally {
      this.killed()
      process.off('exit', this.killed)
    }
  }

  /** The controller's process, if it lives, and those of the workers. */
  private pids(): number[] {
    const workers = IDS.flatMap((id) => {
      try {
        return [this.pid(id)]
      } catch {
        return []
      }
    })
    return this.controllerLives() ? [this.controller!.pid!, ...workers] : workers
  }

  private controllerLives(): boolean {
    const own = this.controller
    return own?.pid !== undefined && own.exitCode === null && own.signalCode === null
  }

  private get conf(): string {
    return join(this.folder, 'node.json')
  }

  private configuration(): object {
    const host = '127.0.0.1'
    const { http, grpc, membership } = this
    const seeds = [0, 1, 2, 3, 4, 5].map((i) => `${host}:${membership + i}`)
    return {
      role: 'controller',
      cluster: `e2e-${membership}`,
      data: join(this.folder, 'data'),
      http: { port: http, corsOrigin: this.url },
      grpc: { port: grpc },
      membership: { port: membership, seeds },
      members: IDS.map((id) => ({ id, host, httpPort: http + 1 + id, grpcPort: grpc + 1 + id })),
      storage: { reserveBytes: 1 << 20 },
      supervisor: { workers: WORKERS, javaOptions: SMALL },
    }
  }
}
