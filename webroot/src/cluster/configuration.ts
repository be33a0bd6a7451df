import type { Fact } from '../components/common/facts'
import { count } from '../format/numbers'
import { span } from '../format/times'
import { LATE } from './condition'
import type { Quorums, Snapshot, Worker } from './snapshot'

const short = ({ replicationFactor: n, writeQuorum: w, readQuorum: r }: Quorums): string =>
  `N=${n} W=${w} R=${r}`

/** How often everything is stored and how many have to answer, whoever says so. */
export function quorumFacts(config: Quorums & { readonly former?: Quorums | null }): Fact[] {
  const facts: Fact[] = [
    ['Copies of each key, N', count(config.replicationFactor)],
    ['Write quorum, W', count(config.writeQuorum)],
    ['Read quorum, R', count(config.readQuorum)],
  ]
  if (config.former) facts.push(['Holds as well, until all is moved', short(config.former)])
  return facts
}

/** What the cluster is configured to. */
export function clusterConfiguration({ config, epoch, workers }: Snapshot): Fact[] {
  const members = workers.filter((worker) => worker.member)
  return [
    ['Epoch', String(epoch)],
    ['In use at', adopters(members, epoch)],
    ...quorumFacts(config),
    ['Virtual nodes of each worker', count(config.vnodes)],
    ['Virtual nodes in all', count(config.vnodes * members.length)],
  ]
}

/** Who said with its last heartbeat that it uses this epoch. */
function adopters(members: readonly Worker[], epoch: number): string {
  const using = members.filter((worker) => worker.status !== 'OFFLINE' && worker.epoch === epoch)
  return `${using.length} of ${members.length} workers`
}

/** What the controller tells of itself beside the feed. */
export interface ControllerView {
  readonly pid?: number
  readonly supervisedWorkers?: number
}

export function controllerFacts(snapshot: Snapshot, view: ControllerView | null): Fact[] {
  const { cluster, controller, at } = snapshot
  const facts: Fact[] = [
    ['Cluster', cluster],
    ['Version', controller.version ?? 'development'],
    ['Dashboard that it serves', controller.build ?? 'none'],
    ['HTTP port', String(controller.httpPort)],
    ['gRPC port', String(controller.grpcPort)],
    // By the snapshot's time, which stands still when nobody can say any more whether it runs.
    ['Up for', span(Date.parse(at) - Date.parse(controller.startedAt))],
    ['Identity', controller.id],
  ]
  if (view?.pid !== undefined) facts.push(['Process', String(view.pid)])
  if (view?.supervisedWorkers !== undefined) {
    facts.push(['Workers that it starts itself', count(view.supervisedWorkers)])
  }
  return facts
}

/** From when on a worker that is silent counts as what. */
export function detectionFacts({ heartbeat }: Snapshot): Fact[] {
  const { intervalMillis, offlineAfterMillis } = heartbeat
  return [
    ['A heartbeat every', span(intervalMillis)],
    ['SUSPECT here without one for', span(intervalMillis * LATE)],
    ['OFFLINE without one for', span(offlineAfterMillis)],
  ]
}
