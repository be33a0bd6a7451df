import { send, type Reply } from './client'

/** What an answer says; `body` would not do, as it is cut where it is long. */
export function jsonOf<T>(reply: Reply): T {
  return JSON.parse(new TextDecoder().decode(reply.bytes)) as T
}

/** Why a worker refused, in its own words where there are any. */
export function refusalOf(status: number, body: string): string {
  try {
    const problem = JSON.parse(body) as { detail?: string } | null
    if (problem?.detail) return problem.detail
  } catch {
    // A page of some proxy, for instance.
  }
  return `The worker answered ${status}.`
}

/** Asks a worker for JSON; throws when there is none, with its reason where it gives one. */
export async function ask<T>(url: string): Promise<T> {
  const reply = await send({ method: 'GET', url })
  if (reply.status !== 200) throw new Error(refusalOf(reply.status, reply.body))
  return jsonOf<T>(reply)
}
