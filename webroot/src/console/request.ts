import { isServing } from '../cluster/condition'
import type { Quorums, Worker } from '../cluster/snapshot'

export type Method = 'GET' | 'PUT' | 'DELETE'
export type Consistency = 'default' | 'one' | 'quorum' | 'all'
export type Target = 'auto' | 'controller' | number

export interface Draft {
  readonly method: Method
  readonly target: Target
  readonly consistency: Consistency
  readonly key: string
  readonly value: string
}

/** How many workers the consistency asks for; null leaves it to the cluster. */
export function levelOf(consistency: Consistency, quorums: Quorums): number | null {
  const n = quorums.replicationFactor
  if (consistency === 'one') return 1
  if (consistency === 'quorum') return Math.floor(n / 2) + 1
  return consistency === 'all' ? n : null
}

/** Why a key cannot be sent from here; null when it can. */
export function keyFault(key: string): string | null {
  if (key === '') return 'A key has at least one character.'
  if (key === '.' || key === '..') return 'Browsers cannot send this key; curl can.'
  if (!key.isWellFormed()) return 'Half a surrogate pair is not a character.'
  const size = new TextEncoder().encode(key).length
  return size > 1024 ? `A key has at most 1,024 bytes; this one has ${size}.` : null
}

/** The address of a key. Slashes are escaped too: browsers would resolve `a/../b`. */
export function urlOf(base: string, draft: Draft, quorums: Quorums): string {
  const level = levelOf(draft.consistency, quorums)
  const parameter = draft.method === 'GET' ? 'r' : 'w'
  const query = level === null ? '' : `?${parameter}=${level}`
  return `${base}/kv/${encodeURIComponent(draft.key)}${query}`
}

/** Where the request goes: a worker that is online, or the controller's own origin. */
export function baseOf(
  target: Target,
  workers: readonly Worker[],
  origin: string,
  random: () => number = Math.random,
): string | null {
  if (target === 'controller') return origin
  const online = workers.filter(isServing)
  const candidates = target === 'auto' ? online : workers.filter((w) => w.id === target)
  return candidates[Math.floor(random() * candidates.length)]?.url ?? null
}

export function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return text.trim() !== ''
  } catch {
    return false
  }
}

export function contentTypeOf(value: string): string {
  return isJson(value) ? 'application/json' : 'text/plain; charset=utf-8'
}
