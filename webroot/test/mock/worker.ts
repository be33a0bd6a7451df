import type { IncomingMessage, ServerResponse } from 'node:http'
import { positionOf } from '../../src/ring/md5'
import type { MockState, Stored } from './state'

/** When a copy behind the answer is there. */
const LATE = 16.4

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

export function json(response: ServerResponse, status: number, body: object): void {
  const type = status < 400 ? 'application/json' : 'application/problem+json'
  response.writeHead(status, { 'Content-Type': type }).end(JSON.stringify(body))
}

/** The REST interface of one worker, as far as the page uses it. */
export class MockWorker {
  constructor(
    readonly id: number,
    private readonly state: MockState,
  ) {}

  /** Answers with the headers that let pages of the dashboard's origin read the answer. */
  async serve(request: IncomingMessage, response: ServerResponse, origin: string): Promise<void> {
    response.setHeader('Access-Control-Allow-Origin', origin)
    response.setHeader(
      'Access-Control-Expose-Headers',
      'ETag, Retry-After, Server-Timing, X-Rondo-Coordinator, X-Rondo-Trace, X-Rondo-Version',
    )
    if (request.method === 'OPTIONS') {
      response.setHeader('Access-Control-Allow-Methods', 'GET, HEAD, PUT, DELETE')
      response.setHeader(
        'Access-Control-Allow-Headers',
        'Content-Type, If-Match, If-None-Match, X-Rondo-Trace',
      )
      response.writeHead(204).end()
      return
    }
    const url = new URL(request.url ?? '/', 'http://worker')
    const path = url.pathname
    if (path === '/kv') {
      const lines = request.headers.accept === 'application/x-ndjson'
      this.list(response, url, this.state.everything(), lines)
    } else if (path.startsWith('/kv/')) await this.kv(request, response, path.slice(4), url)
    else if (path.startsWith('/ring/keys/')) this.locate(response, path.slice(11))
    else if (path === '/node/keys') this.list(response, url, this.state.stores.get(this.id)!)
    else if (path === '/ring') json(response, 200, this.state.ring())
    else if (path === '/node') this.node(response)
    else if (path === '/node/verticles' && this.state.verticles) {
      this.state.verticles.asked++
      const jarDirectory = '/srv/rondo/jars'
      json(response, 200, { jarDirectory, verticles: this.state.verticles.of(this.id) })
    } else json(response, 404, { title: 'Not found', status: 404, detail: path })
  }

  private async kv(
    request: IncomingMessage,
    response: ServerResponse,
    raw: string,
    url: URL,
  ): Promise<void> {
    const key = decodeURIComponent(raw)
    const owners = this.state.ownersOf(key)
    const coordinator = owners.includes(this.id) ? this.id : owners[0]!
    response.setHeader('X-Rondo-Coordinator', String(coordinator))
    const live = owners.filter((id) => this.state.workers[id]!.status !== 'OFFLINE')
    if (request.method === 'GET') {
      this.get(response, key, live)
      return
    }
    const body = await bodyOf(request)
    const w = Number(url.searchParams.get('w') ?? this.state.config.writeQuorum)
    if (w > live.length) {
      const detail = `${w} workers are needed, ${live.length} are in reach`
      json(response, 503, { title: 'Quorum unavailable', status: 503, detail, required: w })
      return
    }
    this.write(request, response, key, body, live, w)
  }

  private get(response: ServerResponse, key: string, live: readonly number[]): void {
    const found = live.map((id) => this.state.stores.get(id)!.get(key)).find(Boolean)
    if (!found) {
      json(response, 404, { title: 'Not found', status: 404, detail: 'The key does not exist' })
      return
    }
    response.setHeader('X-Rondo-Version', found.version)
    response.setHeader('ETag', `"${found.version}"`)
    response.writeHead(200, { 'Content-Type': found.contentType }).end(found.value)
  }

  private write(
    request: IncomingMessage,
    response: ServerResponse,
    key: string,
    body: Buffer,
    live: readonly number[],
    w: number,
  ): void {
    const held = live.map((id) => this.state.stores.get(id)!.get(key)).find(Boolean)
    const match = request.headers['if-match']
    const none = request.headers['if-none-match'] === '*'
    if ((match && match !== `"${held?.version}"`) || (none && held)) {
      json(response, 412, {
        title: 'Precondition failed',
        status: 412,
        detail: `The key has version ${held?.version}`,
      })
      return
    }
    if (request.method === 'DELETE') this.state.remove(key)
    const version =
      request.method === 'DELETE'
        ? this.state.nextVersion(this.id)
        : this.state.store(key, body, request.headers['content-type'] ?? '')
    const acks = live.slice(0, w).map((id, i) => `w${id};dur=${(0.8 + 3.1 * i).toFixed(1)}`)
    response.setHeader('Server-Timing', acks.join(', '))
    response.setHeader('X-Rondo-Version', version)
    response.setHeader('ETag', `"${version}"`)
    if (request.headers['x-rondo-trace'] === '1') {
      response.setHeader('X-Rondo-Trace', version)
      const behind = live.slice(w).map((id) => ({
        trace: version,
        worker: id,
        hintFor: null,
        millis: LATE,
      }))
      this.state.late = [...this.state.late, ...behind].slice(-64)
    }
    const note = w < live.length ? 'background_write_active' : 'fully_replicated'
    const n = this.state.config.replicationFactor
    json(response, 200, { status: 'success', replicas: w, note, w, n, hinted: 0, version })
  }

  private locate(response: ServerResponse, raw: string): void {
    const key = decodeURIComponent(raw)
    const place = (id: number, version: string | undefined): object => {
      const { status } = this.state.workers[id]!
      return { id, status, version: status === 'OFFLINE' ? null : (version ?? null) }
    }
    const { state } = this
    const owners = state
      .ownersOf(key)
      .map((id) => place(id, state.stores.get(id)!.get(key)?.version))
    const standIns = state.standInsOf(key).map((id) => place(id, state.hinted.get(id)!.get(key)))
    json(response, 200, { key, position: positionOf(key), owners, standIns })
  }

  private list(
    response: ServerResponse,
    url: URL,
    held: ReadonlyMap<string, Stored>,
    lines = false,
  ): void {
    const prefix = url.searchParams.get('prefix') ?? ''
    const after = url.searchParams.get('cursor') ?? ''
    const limit = Number(url.searchParams.get('limit') ?? (lines ? Infinity : 100))
    const keys = [...held]
      .filter(([key]) => key.startsWith(prefix) && key > after)
      .sort(([a], [b]) => (a < b ? -1 : 1))
    const items = keys.slice(0, limit).map(([key, { version, contentType, value }]) => ({
      key,
      version,
      contentType,
      size: value.length,
      ...(url.searchParams.get('values') === 'true' ? { value: value.toString('base64') } : {}),
    }))
    if (lines) {
      const type = { 'Content-Type': 'application/x-ndjson' }
      response.writeHead(200, type).end(items.map((item) => `${JSON.stringify(item)}\n`).join(''))
      return
    }
    json(response, 200, { items, next: keys.length > limit ? items.at(-1)!.key : null })
  }

  private node(response: ServerResponse): void {
    const { name, status, version, keys, bytes } = this.state.workers[this.id]!
    const verticles = ['persistence', 'heartbeat', 'replication', 'router', 'api']
    const storage = { health: 'OPEN', keys, bytes, freeBytes: 53 * 2 ** 30, setAside: 0 }
    const hints = { total: 0, bytes: 0, dropped: 0, waiting: [] }
    json(response, 200, {
      id: this.id,
      name,
      role: 'worker',
      status,
      version,
      uptime: 2_400,
      verticles,
      storage,
      hints,
    })
  }
}
