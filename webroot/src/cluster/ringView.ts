import type { Fact } from '../components/common/facts'
import { count, percent } from '../format/numbers'
import { quorumFacts } from './configuration'
import type { Quorums } from './snapshot'

/** The configuration that a worker uses, as its `/ring` tells. */
export interface RingView extends Quorums {
  readonly epoch: number
  readonly vnodes: number
  readonly former?: Quorums | null
  readonly members: readonly { readonly id: number; readonly share: number }[]
}

/** What one worker goes by; `epoch` is that of the cluster. */
export function nodeConfiguration(ring: RingView, worker: number, epoch: number): Fact[] {
  const own = ring.members.find((member) => member.id === worker)
  const age = ring.epoch === epoch ? '' : `, the cluster has ${epoch}`
  return [
    ['Epoch', `${ring.epoch}${age}`],
    ...quorumFacts(ring),
    ['Virtual nodes', `${own ? count(ring.vnodes) : 0} of ${count(virtualNodes(ring))}`],
    ['First owner of', `${percent(own?.share ?? 0)} of the key space`],
    ['Members that it knows', ring.members.map((member) => `W${member.id}`).join(', ')],
  ]
}

const virtualNodes = (ring: RingView): number => ring.vnodes * ring.members.length
