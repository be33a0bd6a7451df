import type { ClusterEvent, Quorums } from './snapshot'

/** What came of asking the controller for a change. */
export type Outcome =
  | { readonly kind: 'done'; readonly epoch: number }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'refused'; readonly detail: string }

async function detailOf(response: Response): Promise<string> {
  const text = await response.text()
  try {
    const problem = JSON.parse(text) as { detail?: string; title?: string }
    return problem.detail ?? problem.title ?? `The controller answered ${response.status}.`
  } catch {
    return `The controller answered ${response.status}.`
  }
}

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
  if (response.status === 409 || response.status === 412) return { kind: 'conflict' }
  if (!response.ok) return { kind: 'refused', detail: await detailOf(response) }
  const answer = (await response.json().catch(() => ({}))) as { epoch?: number }
  return { kind: 'done', epoch: answer.epoch ?? epoch + 1 }
}

/** Asks the controller to restart the process of a worker; null when it agreed, else why not. */
export async function restartWorker(id: number): Promise<string | null> {
  const response = await ask(`/cluster/workers/${id}/restart`, { method: 'POST' })
  if (!response) return 'The controller does not answer.'
  return response.ok ? null : detailOf(response)
}

/** Asks for a verticle of a worker to be replaced, or to be what it was; null when agreed. */
export async function replaceVerticle(
  worker: number,
  name: string,
  action: 'redeploy' | 'rollback',
  jar: string,
): Promise<string | null> {
  const path = `/cluster/workers/${worker}/verticles/${encodeURIComponent(name)}/${action}`
  const body = jar === '' ? {} : { jar }
  const headers = { 'Content-Type': 'application/json' }
  const response = await ask(path, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!response) return 'The controller does not answer.'
  return response.ok ? null : detailOf(response)
}

/** Asks all workers to compare their copies with each other's now; null when they do. */
export async function repairAll(): Promise<string | null> {
  const response = await ask('/cluster/repair', { method: 'POST' })
  if (!response) return 'The controller does not answer.'
  if (response.status === 404) return 'This controller is too old to be asked for that.'
  return response.ok ? null : detailOf(response)
}

/** The event log from a sequence number on, newest first; null when it cannot be had. */
export async function eventsSince(since: number): Promise<ClusterEvent[] | null> {
  const response = await ask(`/cluster/events?since=${since}`)
  if (!response?.ok) return null
  const answer = (await response.json()) as ClusterEvent[] | { events?: ClusterEvent[] }
  const events = Array.isArray(answer) ? answer : (answer.events ?? [])
  return events.toSorted((a, b) => b.seq - a.seq)
}
