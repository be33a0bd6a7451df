import { parseTiming, type Ack } from './timing'
import type { Method } from './request'

const TIMEOUT = 15_000
const SHOWN_MAX = 64 * 1024

/** What came back for one request, or why nothing did. */
export interface Reply {
  readonly status: number
  readonly millis: number
  /** To look at: cut where it is long, a hex dump where it is not text. */
  readonly body: string
  readonly bytes: Uint8Array
  readonly contentType: string
  readonly version: string | null
  readonly etag: string | null
  readonly coordinator: number | null
  readonly acks: readonly Ack[]
  /** Under which name later acknowledgements are told; null when they are not. */
  readonly trace: string | null
}

export interface Sending {
  readonly method: Method | 'HEAD'
  readonly url: string
  readonly headers?: Record<string, string>
  readonly body?: string
}

/** Sends a request and reads the whole answer; throws when there is none. */
export async function send(sending: Sending): Promise<Reply> {
  const start = performance.now()
  const response = await fetch(sending.url, {
    method: sending.method,
    headers: sending.headers,
    body: sending.body,
    cache: 'no-store',
    signal: AbortSignal.timeout(TIMEOUT),
  })
  const bytes = new Uint8Array(await response.arrayBuffer())
  const coordinator = response.headers.get('X-Rondo-Coordinator')
  return {
    status: response.status,
    millis: performance.now() - start,
    bytes,
    body: readable(bytes),
    contentType: response.headers.get('Content-Type') ?? '',
    version: response.headers.get('X-Rondo-Version'),
    etag: response.headers.get('ETag'),
    coordinator: coordinator === null ? null : Number(coordinator),
    acks: parseTiming(response.headers.get('Server-Timing')),
    trace: response.headers.get('X-Rondo-Trace'),
  }
}

/** The whole of what is text; null for other bytes. */
export function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}

/** Bytes as text where they are text, else as the start of a hex dump. */
export function readable(bytes: Uint8Array): string {
  const shown = bytes.subarray(0, SHOWN_MAX)
  const isCut = bytes.length > SHOWN_MAX
  const more = isCut ? `\n… ${bytes.length - SHOWN_MAX} more bytes` : ''
  try {
    // A cut may fall within a character; `stream` leaves that one out. Half of one at the end of
    // all bytes is none, and then this is no text.
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
    return decoder.decode(shown, { stream: isCut }) + more
  } catch {
    return hexDump(shown.subarray(0, 1024)) + (bytes.length > 1024 ? '\n…' : '')
  }
}

export function hexDump(bytes: Uint8Array): string {
  const lines: string[] = []
  for (let at = 0; at < bytes.length; at += 16) {
    const row = [...bytes.subarray(at, at + 16)]
    const hex = row.map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
    const chars = row.map((byte) => (byte > 31 && byte < 127 ? String.fromCharCode(byte) : '.'))
    lines.push(`${at.toString(16).padStart(6, '0')}  ${hex.padEnd(47)}  ${chars.join('')}`)
  }
  return lines.join('\n')
}

/** Why asking came to nothing; where there was no answer at all, what that most likely means. */
export function explain(error: unknown, url: string): string {
  if (error instanceof SyntaxError) return 'The worker answered nonsense.'
  if (!(error instanceof TypeError || error instanceof DOMException)) {
    return error instanceof Error ? error.message : String(error)
  }
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    return `No answer within ${TIMEOUT / 1000} s; a write may apply all the same.`
  }
  const foreign = new URL(url).hostname !== location.hostname
  return `No answer from ${new URL(url).host}. Is it running${foreign ? `, and does it allow pages of ${location.origin}` : ''}?`
}
