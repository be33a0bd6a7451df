import type { ClusterEvent, Quorums, Rollout } from './snapshot'
import type { Replacing } from './verticles'

/** What came of asking the controller for a change. */
export type Outcome =
  | { readonly kind: 'done'; readonly epoch: number }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'refused'; readonly detail: string }

interface Problem {
  readonly code?: string
  readonly detail: string
}

async function problemOf(response: Response): Promise<Problem> {
  const fallback = `The controller answered ${response.status}.`
  try {
    const told = (await response.json()) as { code?: string; detail?: string; title?: string }
    return { code: told.code, detail: told.detail ?? told.title ?? fallback }
  } catch {
    return { detail: fallback }
  }
}

const detailOf = async (response: Response): Promise<string> => (await problemOf(response)).detail

async function ask(path: string, init?: RequestInit): Promise<Response | null> {
  try {
    return await fetch(path, { cache: 'no-store', signal: AbortSignal.timeout(20_000), ...init })
  } catch {
    return null
  }
}

const SILENT: Outcome = { kind: 'refused', detail: 'The controller does not answer.' }

/** Proposes quorums, based on the configuration of an epoch. */
export async function changeQuorums(quorums: Quorums, epoch: number): Promise<Outcome> {
  const { replicationFactor, writeQuorum, readQuorum } = quorums
  const response = await ask('/cluster/config', {
    method: 'PATCH',
    headers: { 'Content-Type': 'application/json', 'If-Match': `"${epoch}"` },
    body: JSON.stringify({ replicationFactor, writeQuorum, readQuorum }),
  })
  if (!response) return SILENT
  if (!response.ok) {
    const { code, detail } = await problemOf(response)
    return code === 'stale_epoch' ? { kind: 'conflict' } : { kind: 'refused', detail }
  }
  const answer = (await response.json().catch(() => ({}))) as { epoch?: number }
  return { kind: 'done', epoch: answer.epoch ?? epoch + 1 }
}

/** Asks the controller to restart the process of a worker; null when it agreed, else why not. */
export async function restartWorker(id: number): Promise<string | null> {
  const response = await ask(`/cluster/workers/${id}/restart`, { method: 'POST' })
  if (!response) return 'The controller does not answer.'
  return response.ok ? null : detailOf(response)
}

/** The rollout that was begun, or why none was. */
export type Begun =
  { readonly rollout: string } | { readonly rollout: null; readonly detail: string }

/** Asks for a verticle of a worker to be replaced, or to be what it was. */
export async function replaceVerticle(
  worker: number,
  name: string,
  action: Replacing,
  jar: string,
): Promise<Begun> {
  const path = `/cluster/workers/${worker}/verticles/${encodeURIComponent(name)}/${action}`
  const body = jar === '' ? {} : { jar }
  const headers = { 'Content-Type': 'application/json' }
  const response = await ask(path, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!response) return { rollout: null, detail: 'The controller does not answer.' }
  if (!response.ok) return { rollout: null, detail: await detailOf(response) }
  const answer = (await response.json().catch(() => null)) as { rollout?: Rollout } | null
  return answer?.rollout
    ? { rollout: answer.rollout.id }
    : { rollout: null, detail: 'The controller does not say what it has begun.' }
}

/** Asks all workers to compare their copies with each other's now; null when they do. */
export async function repairAll(): Promise<string | null> {
  const response = await ask('/cluster/repair', { method: 'POST' })
  if (!response) return 'The controller does not answer.'
  if (response.status === 404) return 'This controller is too old to be asked for that.'
  return response.ok ? null : detailOf(response)
}

/** The last events of the log, newest first; null when they cannot be had. */
export async function newestEvents(limit: number): Promise<ClusterEvent[] | null> {
  // With `since` it would be the first ones behind that.
  const response = await ask(`/cluster/events?limit=${limit}`)
  if (!response?.ok) return null
  const answer = (await response.json().catch(() => null)) as { events?: ClusterEvent[] } | null
  return answer?.events?.toSorted((a, b) => b.seq - a.seq) ?? null
}
