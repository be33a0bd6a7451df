import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { extname, join, normalize } from 'node:path'
import type { Quorums } from '../../src/cluster/snapshot'
import { Bridge } from './sockjs'
import { MockState } from './state'
import { json, MockWorker } from './worker'

const TYPES: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
  ['.woff2', 'font/woff2'],
])

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done))
  return (server.address() as AddressInfo).port
}

/** A controller and its workers in one process: the built page, its feed, and REST over real ports. */
export class MockCluster {
  readonly state: MockState
  readonly bridge: Bridge
  /** What the page asked the controller to do. */
  readonly asked: { method: string; path: string; match: string; body: string }[] = []
  /** Whether it can be asked to compare all copies. */
  repairs = true
  /** Where its description of the API is. */
  document = new URL('../../../src/main/resources/dev/rondo/http/openapi.json', import.meta.url)
  private server: Server | null = null
  private readonly sockets = new Set<Socket>()
  private readonly servers: Server[] = []
  private ticking: ReturnType<typeof setInterval> | undefined
  port = 0

  constructor(
    private readonly webroot: string,
    workers = 4,
  ) {
    this.state = new MockState(workers)
    this.bridge = new Bridge(() => this.state.snapshot())
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  async start(port = 0, firstWorkerPort = 0): Promise<void> {
    for (const worker of this.state.workers) {
      const rest = new MockWorker(worker.id, this.state)
      const server = createServer((q, a) => void rest.serve(q, a, this.url))
      const wanted = firstWorkerPort === 0 ? 0 : firstWorkerPort + worker.id
      worker.url = `http://127.0.0.1:${await listen(server, wanted)}`
      this.servers.push(server)
    }
    await this.serve(port)
  }

  /** Opens the controller's own port, the same one again after {@link vanish}. */
  async serve(port = this.port): Promise<void> {
    const server = createServer((request, response) => void this.answer(request, response))
    server.on('connection', (socket) => {
      this.sockets.add(socket)
      socket.on('close', () => this.sockets.delete(socket))
    })
    this.bridge.attach(server)
    this.server = server
    this.port = await listen(server, port)
    this.state.httpPort = this.port
  }

  /** Ends the controller as a kill does; the workers stay. */
  async vanish(): Promise<void> {
    const server = this.server
    this.server = null
    this.bridge.cut()
    for (const socket of this.sockets) socket.destroy()
    await new Promise((done) => server?.close(done))
  }

  /** Publishes the state now and, from then on, every second. */
  run(beforeEach: () => void = () => {}): void {
    const tick = (): void => {
      beforeEach()
      this.bridge.publish(this.state.snapshot())
    }
    clearInterval(this.ticking)
    this.ticking = setInterval(tick, 1_000)
    tick()
  }

  pause(): void {
    clearInterval(this.ticking)
  }

  publish(): void {
    this.bridge.publish(this.state.snapshot())
  }

  async stop(): Promise<void> {
    this.pause()
    if (this.server) await this.vanish()
    for (const server of this.servers) {
      server.closeAllConnections()
      server.close()
    }
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.bridge.info(request, response)) return
    const url = new URL(request.url ?? '/', this.url)
    if (url.pathname === '/node') {
      json(response, 200, { role: 'controller', pid: 4710, supervisedWorkers: 4 })
    } else if (url.pathname === '/openapi.json') {
      json(response, 200, JSON.parse(await readFile(this.document, 'utf8')))
    } else if (url.pathname.startsWith('/cluster')) await this.cluster(request, response, url)
    else if (url.pathname.startsWith('/kv/')) {
      await new MockWorker(0, this.state).serve(request, response, this.url)
    } else await this.file(response, url.pathname)
  }

  private async cluster(request: IncomingMessage, answer: ServerResponse, url: URL): Promise<void> {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    const match = String(request.headers['if-match'] ?? '')
    this.asked.push({ method: request.method ?? '', path: url.pathname, match, body })
    if (request.method === 'PATCH') this.configure(answer, match, body)
    else if (request.method === 'POST') this.act(answer, url.pathname)
    else if (url.pathname === '/cluster/events') {
      json(answer, 200, { events: this.state.eventsOf(url.searchParams) })
    } else json(answer, 200, this.state.snapshot())
  }

  private act(answer: ServerResponse, path: string): void {
    const parts = /^\/cluster\/workers\/(\d+)\/verticles\/(\w+)\/(\w+)$/.exec(path)
    const { verticles } = this.state
    if (parts && verticles) verticles.begin(Number(parts[1]), parts[2]!, parts[3]!)
    if ((parts && !verticles) || (path === '/cluster/repair' && !this.repairs)) {
      json(answer, 404, { title: 'Not found', status: 404, detail: `There is no ${path}` })
    } else json(answer, 202, parts ? { rollout: this.state.rollout } : { status: 'under way' })
  }

  private configure(response: ServerResponse, match: string, body: string): void {
    if (match !== `"${this.state.epoch}"`) {
      json(response, 409, { status: 409, code: 'stale_epoch', detail: 'Another epoch' })
      return
    }
    Object.assign(this.state.config, JSON.parse(body) as Quorums)
    this.state.epoch++
    this.state.record('config_changed', 'INFO', null, `Configuration of epoch ${this.state.epoch}`)
    this.publish()
    json(response, 200, { epoch: this.state.epoch })
  }

  private async file(response: ServerResponse, path: string): Promise<void> {
    const file = join(this.webroot, normalize(path === '/' ? '/index.html' : path))
    const workers = this.state.workers.map((worker) => worker.url).join(' ')
    const policy = `default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self' ws://127.0.0.1:${this.port} ${workers}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`
    try {
      const bytes = await readFile(file)
      const type = TYPES.get(extname(file)) ?? 'application/octet-stream'
      response
        .writeHead(200, { 'Content-Type': type, 'Content-Security-Policy': policy })
        .end(bytes)
    } catch {
      json(response, 404, { title: 'Not found', status: 404, detail: path })
    }
  }
}
