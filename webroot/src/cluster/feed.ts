import EventBus from '@vertx/eventbus-bridge-client.js'
import type { Snapshot } from './snapshot'
import { isSnapshot } from './snapshot'

export type Link = 'connecting' | 'live' | 'stale' | 'disconnected'

const UPDATES = 'cluster_update'
const QUESTION = 'cluster_snapshot'
const STALE_AFTER = 4_000
const GIVE_UP_AFTER = 8_000
const RETRY_MILLIS = [500, 1_000, 2_000, 3_000]
const TRANSPORTS = ['websocket']

export interface FeedEvents {
  snapshot(snapshot: Snapshot): void
  /** The state of the link changed; when it is disconnected, `retryAt` is on performance.now(). */
  link(link: Link, retryAt: number): void
}

/** What the wrapper needs of the bridge's client, so that tests can stand in for it. */
export interface Bus {
  onopen: (() => void) | null
  onclose: (() => void) | null
  onerror: (error: unknown) => void
  registerHandler(address: string, handler: (error: unknown, message: BusMessage) => void): void
  send(
    address: string,
    body: object,
    reply: (error: unknown, message: BusMessage | undefined) => void,
  ): void
  close(): void
}

interface BusMessage {
  body: unknown
}

const bridge = (url: string): Bus =>
  new EventBus(url, { vertxbus_ping_interval: 5_000, transports: TRANSPORTS, timeout: 4_000 })

/**
 * The link to the controller. The bridge's client forgets its handlers when it reconnects and does not
 * notice silence, so each connection is a new client, watched by a clock of our own.
 */
export class Feed {
  private bus: Bus | null = null
  private heardAt = 0
  private heard = false
  private attempt = 0
  private retry: ReturnType<typeof setTimeout> | undefined
  private watch: ReturnType<typeof setInterval> | undefined

  constructor(
    private readonly events: FeedEvents,
    private readonly url = `${location.origin}/eventbus`,
    private readonly open: (url: string) => Bus = bridge,
  ) {}

  start(): void {
    this.watch ??= setInterval(() => this.look(), 250)
    this.connect()
  }

  stop(): void {
    clearInterval(this.watch)
    clearTimeout(this.retry)
    this.watch = undefined
    this.drop()
  }

  /** Connects now instead of when the waiting is over. */
  retryNow(): void {
    this.attempt = 0
    clearTimeout(this.retry)
    this.drop()
    this.connect()
  }

  private connect(): void {
    this.heardAt = performance.now()
    this.heard = false
    const bus = this.open(this.url)
    this.bus = bus
    bus.onerror = () => {}
    bus.onopen = () => {
      if (bus === this.bus) this.opened(bus)
    }
    bus.onclose = () => {
      if (bus === this.bus) this.lost()
    }
  }

  private opened(bus: Bus): void {
    bus.registerHandler(UPDATES, (error, message) => {
      if (bus === this.bus && !error) this.hear(message.body)
    })
    bus.send(QUESTION, {}, (error, message) => {
      if (bus === this.bus && !error && message) this.hear(message.body)
    })
  }

  private hear(body: unknown): void {
    const message: unknown = typeof body === 'string' ? JSON.parse(body) : body
    if (!isSnapshot(message)) return
    this.heardAt = performance.now()
    this.heard = true
    this.attempt = 0
    this.events.link('live', 0)
    this.events.snapshot(message)
  }

  private look(): void {
    if (!this.bus) return
    const silence = performance.now() - this.heardAt
    if (silence >= GIVE_UP_AFTER) this.lost()
    else if (this.heard && silence >= STALE_AFTER) this.events.link('stale', 0)
  }

  private lost(): void {
    this.drop()
    const wait = RETRY_MILLIS[Math.min(this.attempt++, RETRY_MILLIS.length - 1)]!
    this.events.link('disconnected', performance.now() + wait)
    clearTimeout(this.retry)
    this.retry = setTimeout(() => this.connect(), wait)
  }

  private drop(): void {
    const old = this.bus
    this.bus = null
    old?.close()
  }
}
