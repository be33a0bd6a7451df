import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { WebSocketServer, type WebSocket } from 'ws'

const UPDATES = 'cluster_update'

interface Envelope {
  readonly type: string
  readonly address?: string
  readonly replyAddress?: string
}

/** The server's side of SockJS over WebSockets, with as much of the event bus bridge as the page uses. */
export class Bridge {
  private readonly sockets = new Set<WebSocket>()
  private readonly listeners = new Set<WebSocket>()
  private readonly server = new WebSocketServer({ noServer: true })
  /** What the page has sent, in order. */
  readonly heard: Envelope[] = []

  constructor(private readonly snapshot: () => object) {}

  attach(http: Server): void {
    http.on('upgrade', (request, socket, head) => {
      if (!/^\/eventbus\/[^/]+\/[^/]+\/websocket$/.test(request.url ?? '')) return socket.destroy()
      this.server.handleUpgrade(request, socket, head, (ws) => this.welcome(ws))
    })
  }

  info(request: IncomingMessage, response: ServerResponse): boolean {
    if (!request.url?.startsWith('/eventbus/info')) return false
    response.setHeader('Content-Type', 'application/json')
    response.end('{"websocket":true,"origins":["*:*"],"cookie_needed":false,"entropy":42}')
    return true
  }

  publish(body: object): void {
    for (const socket of this.listeners) this.deliver(socket, UPDATES, body)
  }

  /** Ends all connections, as a process that dies does. */
  cut(): void {
    for (const socket of this.sockets) socket.terminate()
  }

  get connections(): number {
    return this.listeners.size
  }

  private welcome(socket: WebSocket): void {
    this.sockets.add(socket)
    socket.send('o')
    socket.on('message', (data) => {
      for (const text of JSON.parse(String(data)) as string[]) {
        this.answer(socket, JSON.parse(text) as Envelope)
      }
    })
    socket.on('close', () => {
      this.sockets.delete(socket)
      this.listeners.delete(socket)
    })
  }

  private answer(socket: WebSocket, envelope: Envelope): void {
    this.heard.push(envelope)
    if (envelope.type === 'ping') socket.send(`a${JSON.stringify(['{"type":"pong"}'])}`)
    if (envelope.type === 'register' && envelope.address === UPDATES) this.listeners.add(socket)
    if (envelope.type === 'send' && envelope.address === 'cluster_snapshot') {
      this.deliver(socket, envelope.replyAddress ?? '', this.snapshot())
    }
  }

  private deliver(socket: WebSocket, address: string, body: object): void {
    const message = JSON.stringify({ type: 'rec', address, headers: {}, body })
    socket.send(`a${JSON.stringify([message])}`)
  }
}
