import { spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from '@playwright/test'
import { isAlive, kill, lives, signal } from './child'
import { configurationOf, SMALL, type Layout } from './configuration'
import { freePorts } from './ports'

const TARGET = fileURLToPath(new URL('../../../target', import.meta.url))
/** Five JVMs that start on a busy machine need it. */
const PATIENCE = { timeout: 150_000, intervals: [100] }

interface ClusterState {
  readonly epoch: number
  readonly controller: { readonly id: string }
  readonly config: { readonly replicationFactor: number; readonly former: object | null }
  readonly workers: readonly {
    readonly id: number
    readonly status: string
    readonly share: number
    readonly hints: number
  }[]
  readonly work: readonly object[]
}

export interface Answer {
  readonly status: number
  readonly coordinator: string | null
}

/** The classes of the jar as java holds them in memory, where the build has made them. */
function archive(): string[] {
  const file = readdirSync(TARGET).find((name) => /^rondo-[\d-]+\.jsa$/.test(name))
  return file ? ['-Xlog:cds*=off', `-XX:SharedArchiveFile=${join(TARGET, file)}`] : []
}

export interface Size {
  readonly workers: number
  readonly supervised: number
  readonly settings?: object
}

/**
 * A controller as users start it, from the jar, with the workers that it starts itself, and others
 * which nobody starts again when a test kills them.
 */
export class RealCluster {
  readonly ids: readonly number[]
  private controller: ChildProcess | null = null
  private readonly own = new Map<number, ChildProcess>()
  private readonly killed = () => this.pids().forEach((pid) => signal(pid, 'SIGKILL'))

  private constructor(private readonly layout: Layout) {
    this.ids = Array.from({ length: layout.workers }, (_, id) => id)
    process.once('exit', this.killed)
  }

  static async start({ workers, supervised, settings = {} }: Size): Promise<RealCluster> {
    mkdirSync(join(TARGET, 'e2e-real'), { recursive: true })
    const cluster = new RealCluster({
      folder: mkdtempSync(join(TARGET, 'e2e-real', 'cluster-')),
      http: await freePorts(workers + 1),
      grpc: await freePorts(workers + 1),
      membership: await freePorts(workers + 2),
      workers,
      supervised,
      settings,
    })
    await cluster.begin()
    return cluster
  }

  /** Another, new cluster at the same addresses; this one must have been stopped. */
  async replace(size: Size): Promise<RealCluster> {
    const folder = mkdtempSync(join(TARGET, 'e2e-real', 'cluster-'))
    const next = new RealCluster({ ...this.layout, settings: {}, ...size, folder })
    await next.begin()
    return next
  }

  get folder(): string {
    return this.layout.folder
  }

  get host(): string {
    return `127.0.0.1:${this.layout.http}`
  }

  get url(): string {
    return `http://${this.host}`
  }

  worker(id: number): string {
    return `http://127.0.0.1:${this.layout.http + 1 + id}`
  }

  startController(): void {
    this.controller = this.spawn(null)
  }

  /** Starts one of the workers that nobody else looks after. */
  startWorker(id: number): void {
    this.own.set(id, this.spawn(id))
  }

  /** Gone at once, without a word to anybody; its workers live on. */
  killController(): Promise<void> {
    return kill(this.controller!)
  }

  /** Gone at once, and for good unless the controller looks after it. */
  async killWorker(id: number): Promise<void> {
    const own = this.own.get(id)
    if (own) await kill(own)
    else process.kill(this.pid(id), 'SIGKILL')
  }

  /** Stops a process where it stands, as a machine does that hangs. */
  freeze(worker: number | 'controller'): void {
    process.kill(worker === 'controller' ? this.controller!.pid! : this.pid(worker), 'SIGSTOP')
  }

  thaw(worker: number | 'controller'): void {
    process.kill(worker === 'controller' ? this.controller!.pid! : this.pid(worker), 'SIGCONT')
  }

  pid(worker: number): number {
    return Number(readFileSync(join(this.folder, 'data', `worker-${worker}`, 'pid'), 'utf8'))
  }

  async state(): Promise<ClusterState> {
    const response = await fetch(`${this.url}/cluster`)
    return (await response.json()) as ClusterState
  }

  /** Brings back who was killed, and waits until all are online and nothing changes or moves. */
  async settled(copies = Math.min(3, this.ids.length)): Promise<void> {
    for (const id of this.ids.slice(this.layout.supervised)) {
      const own = this.own.get(id)
      if (!own || !lives(own)) this.startWorker(id)
    }
    await expect(async () => {
      const { config, work, workers } = await this.state()
      expect(workers.map((worker) => worker.status)).toEqual(this.ids.map(() => 'ONLINE'))
      expect(config).toMatchObject({ replicationFactor: copies })
      expect([config.former ?? null, work]).toEqual([null, []])
    }).toPass(PATIENCE)
  }

  async put(
    key: string,
    value: string | Uint8Array<ArrayBuffer>,
    worker = 0,
    query = '',
  ): Promise<Answer> {
    const url = `${this.worker(worker)}/kv/${encodeURIComponent(key)}${query}`
    const response = await fetch(url, { method: 'PUT', body: value })
    await response.text()
    return { status: response.status, coordinator: response.headers.get('X-Rondo-Coordinator') }
  }

  /** The workers that own a key, the preferred one first. */
  async preference(key: string): Promise<number[]> {
    const response = await fetch(`${this.worker(0)}/ring/keys/${encodeURIComponent(key)}`)
    const { owners } = (await response.json()) as { owners: { id: number }[] }
    return owners.map((owner) => owner.id)
  }

  /** The workers that own a key, in order of their ids. */
  async owners(key: string): Promise<number[]> {
    return (await this.preference(key)).toSorted((a, b) => a - b)
  }

  /** The keys of that prefix which a worker itself holds. */
  async held(worker: number, prefix: string): Promise<string[]> {
    const response = await fetch(`${this.worker(worker)}/node/keys?prefix=${prefix}&limit=1000`)
    const { items } = (await response.json()) as { items: { key: string }[] }
    return items.map((item) => item.key)
  }

  /** Ends everything as a user would; says so when a process does not go. */
  async stop(): Promise<void> {
    const pids = this.pids()
    pids.forEach((pid) => signal(pid, 'SIGCONT'))
    // The controller ends the workers that it started.
    const supervised = lives(this.controller) ? this.layout.supervised : 0
    this.controller?.kill('SIGTERM')
    for (const id of this.ids.slice(supervised))
      this.pidsOf(id).forEach((p) => signal(p, 'SIGTERM'))
    try {
      await expect(() => expect(pids.filter(isAlive)).toEqual([])).toPass({ timeout: 20_000 })
    } finally {
      this.killed()
      process.off('exit', this.killed)
    }
  }

  private async begin(): Promise<void> {
    this.startController()
    try {
      await this.settled()
    } catch (error) {
      await this.stop()
      throw error
    }
  }

  private spawn(worker: number | null): ChildProcess {
    const name = worker === null ? 'controller' : `worker-${worker}`
    const conf = join(this.folder, `${name}.json`)
    writeFileSync(conf, JSON.stringify(configurationOf(this.layout, worker), null, 2))
    const log = openSync(join(this.folder, `${name}.log`), 'a')
    const options = [...SMALL, ...archive(), '-jar', join(TARGET, 'rondo.jar'), '--conf', conf]
    return spawn('java', options, { stdio: ['ignore', log, log] })
  }

  private pidsOf(worker: number): number[] {
    const own = this.own.get(worker)
    if (own) return lives(own) ? [own.pid!] : []
    try {
      return [this.pid(worker)].filter(isAlive)
    } catch {
      return []
    }
  }

  /** The controller's process, if it lives, and those of the workers. */
  private pids(): number[] {
    const workers = this.ids.flatMap((id) => this.pidsOf(id))
    return lives(this.controller) ? [this.controller!.pid!, ...workers] : workers
  }
}
