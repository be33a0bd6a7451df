import type { Page, WebSocketRoute } from '@playwright/test'
import type { Snapshot } from '../../src/cluster/snapshot'

interface Envelope {
  readonly type: string
  readonly address: string
  readonly body: Snapshot | string
}

const UPDATES = 'cluster_update'

/** The messages in a frame of SockJS from the server; other frames have none. */
function envelopes(frame: string): Envelope[] {
  if (!frame.startsWith('a')) return []
  return (JSON.parse(frame.slice(1)) as string[]).map((text) => JSON.parse(text) as Envelope)
}

/** Stands between a page and the feed of a real controller: listens, and can speak in its place. */
export class Wire {
  readonly snapshots: Snapshot[] = []
  /** What the page sent, in order, other than pings. */
  readonly asked: string[] = []
  /** Sockets that were opened, and those that still are. */
  opened = 0
  open = 0
  /** The number of the last snapshot that was sent in the controller's place; 0 for none. */
  sent = 0
  private silent = false
  private repeating = false
  private last: Snapshot | null = null
  private socket: WebSocketRoute | null = null

  /** To be called before the page is opened. */
  static async into(page: Page): Promise<Wire> {
    const wire = new Wire()
    await page.routeWebSocket(/\/eventbus\//, (socket) => wire.join(socket))
    return wire
  }

  /** From now on only what {@link send} sends arrives. */
  silence(): void {
    this.silent = true
  }

  /** The same, but at the controller's pace the last of these arrives again, so that the link lives on. */
  repeat(): void {
    this.silence()
    this.repeating = true
  }

  get latest(): Snapshot {
    return this.snapshots.at(-1)!
  }

  send(snapshot: Snapshot): void {
    this.sent = snapshot.seq
    this.last = snapshot
    const message = { type: 'rec', address: UPDATES, body: snapshot }
    this.socket!.send(`a${JSON.stringify([JSON.stringify(message)])}`)
  }

  private join(socket: WebSocketRoute): void {
    const server = socket.connectToServer()
    this.socket = socket
    this.opened++
    this.open++
    socket.onMessage((frame) => {
      for (const text of JSON.parse(String(frame)) as string[]) {
        const { type } = JSON.parse(text) as Envelope
        if (type !== 'ping') this.asked.push(type)
      }
      server.send(frame)
    })
    server.onMessage((frame) => {
      const updates = envelopes(String(frame)).filter((one) => typeof one.body === 'object')
      this.snapshots.push(...updates.map((one) => one.body as Snapshot))
      if (!this.silent || updates.length === 0) socket.send(frame)
      else if (this.repeating && this.last) this.send(this.last)
    })
    let ended = false
    const over = (): void => {
      if (!ended) this.open--
      ended = true
    }
    socket.onClose(over)
    server.onClose((code, reason) => {
      over()
      void socket.close({ code, reason })
    })
  }
}
