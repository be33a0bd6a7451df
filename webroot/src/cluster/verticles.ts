import { jsonOf } from '../console/ask'
import { send } from '../console/client'

/** By what a verticle is replaced: newer code, or what there was before. */
export type Replacing = 'redeploy' | 'rollback'

/** What became of the last replacement of a verticle. */
export interface Replacement {
  readonly id: string
  readonly action: string
  readonly status: 'running' | 'succeeded' | 'failed'
  readonly step: string
  readonly endedAt: string | null
  /** How long questions waited, in milliseconds. */
  readonly heldMillis: number
  readonly reason: string | null
}

/** One kind of verticle on a node, as the node tells it. */
export interface Verticle {
  readonly name: string
  readonly replaceable: boolean
  readonly instances: number
  readonly generation: number
  readonly code: string
  readonly jar: string | null
  readonly since: string
  readonly inFlight: number
  readonly state: 'running' | 'replacing'
  readonly rollback: { readonly code: string; readonly jar: string | null } | null
  readonly last: Replacement | null
}

export interface Verticles {
  readonly jarDirectory: string
  readonly verticles: readonly Verticle[]
}

/** The verticles of a node; null where it cannot tell, as it is older than this page. */
export async function verticlesOf(base: string): Promise<Verticles | null> {
  const reply = await send({ method: 'GET', url: `${base}/node/verticles` })
  return reply.status === 200 ? jsonOf<Verticles>(reply) : null
}
