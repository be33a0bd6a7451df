import { percent } from '../format/numbers'
import { span } from '../format/times'
import { isTaking, silenceOf } from './condition'
import type { Link } from './feed'
import type { Snapshot, Worker } from './snapshot'
import { reachOf } from './verdict'

export interface Banner {
  readonly kind:
    'disconnected' | 'offline' | 'full' | 'recovering' | 'changing' | 'empty' | 'healthy'
  readonly title: string
  readonly text: string
  readonly worker?: number
}

export interface View {
  readonly snapshot: Snapshot
  readonly link: Link
  readonly now: number
  readonly dataAge: number
  /** Parts of the key space by how many owners answer. */
  readonly answering: readonly number[]
  readonly keys: number
}

const names = (workers: readonly Worker[]): string =>
  workers.length === 1
    ? workers[0]!.name
    : `${workers
        .slice(0, -1)
        .map((worker) => worker.name)
        .join(', ')} and ${workers.at(-1)!.name}`

/** The one thing that matters most now; never more than is known. */
export function bannerOf(view: View): Banner {
  const { snapshot, link } = view
  const members = snapshot.workers.filter((worker) => worker.member)
  if (link === 'disconnected') {
    return {
      kind: 'disconnected',
      title: `Lost the controller on :${snapshot.controller.httpPort}.`,
      text: `Showing the last state, ${span(view.dataAge)} old. Workers still serve reads and writes.`,
    }
  }
  const offline = members.filter((worker) => worker.status === 'OFFLINE')
  if (offline.length > 0) return offlineBanner(view, offline)
  const full = members.filter((worker) => worker.diskFull)
  if (full.length > 0) {
    const text = `${names(full)} ${full.length === 1 ? 'refuses' : 'refuse'} writes until there is room.`
    return { kind: 'full', title: 'Disk full.', text, worker: full[0]!.id }
  }
  const recovering = members.filter((worker) => worker.status === 'RECOVERING')
  if (recovering.length > 0) return recoveringBanner(snapshot, recovering)
  if (snapshot.config.former) {
    const { former, replicationFactor: n } = snapshot.config
    return {
      kind: 'changing',
      title: 'Changing replication.',
      text: `From N=${former.replicationFactor} to N=${n}: until every worker is filled, both hold.`,
    }
  }
  // A worker that has not said yet what it holds has no keys either.
  const isEmpty = members.every((worker) => worker.status === 'ONLINE' && worker.keys === 0)
  if (members.length > 0 && isEmpty) {
    return {
      kind: 'empty',
      title: 'Cluster is ready.',
      text: 'Store the first key from the client interface or a shell:',
    }
  }
  return healthyBanner(snapshot, members)
}

function offlineBanner(view: View, offline: readonly Worker[]): Banner {
  const worker = offline[0]!.id
  if (offline.length > 1) {
    return { kind: 'offline', title: `${names(offline)} are offline.`, text: safety(view), worker }
  }
  const title = `${names(offline)} is offline`
  return {
    kind: 'offline',
    title,
    text: `— ${silence(view, offline[0]!)}. ${safety(view)}`,
    worker,
  }
}

/** Since when it is offline; one whose storage has failed is so while its heartbeats go on. */
function silence({ snapshot, now }: View, worker: Worker): string {
  const age = silenceOf(worker, snapshot, now)
  return age === null
    ? `for ${span(now - Date.parse(worker.since))}`
    : `no heartbeat for ${span(age)}`
}

/** What the loss of owners means for reads and writes, by the parts of the key space. */
function safety({ snapshot, answering }: View): string {
  const { replicationFactor: n } = snapshot.config
  const short = answering.slice(0, -1).reduce((sum, part) => sum + part, 0)
  const least = Math.max(
    0,
    answering.findIndex((part) => part > 1e-9),
  )
  const start = `${percent(short)} of the key space has ${least} ${least === n - 1 ? '' : 'or more '}of ${n} replicas;`
  const alive = snapshot.workers.filter(isTaking).length
  return `${start} ${reachOf(snapshot.config, answering, alive).text}`
}

function recoveringBanner(snapshot: Snapshot, recovering: readonly Worker[]): Banner {
  const ids = new Set(recovering.map((worker) => worker.id))
  const left = snapshot.work
    .filter((work) => ids.has(work.worker) && work.rate > 0 && work.total > work.done)
    .map((work) => ((work.total - work.done) / work.rate) * 1000)
  const rest = left.length > 0 ? `; full redundancy in about ${span(Math.max(...left))}` : ''
  const verb = recovering.length === 1 ? 'is back and is' : 'are back and are'
  return {
    kind: 'recovering',
    title: 'Recovering.',
    text: `${names(recovering)} ${verb} catching up${rest}.`,
  }
}

function healthyBanner(snapshot: Snapshot, members: readonly Worker[]): Banner {
  const n = snapshot.config.replicationFactor
  const online = members.filter((worker) => worker.status === 'ONLINE').length
  if (members.length === 0) {
    return { kind: 'healthy', title: 'No workers yet.', text: 'Waiting for the first to join.' }
  }
  if (online < members.length) {
    const text = `${online} of ${members.length} workers online; the others are on their way.`
    return { kind: 'recovering', title: 'Starting.', text }
  }
  return {
    kind: 'healthy',
    title: 'Healthy.',
    text: `All ${members.length} workers online; every range has ${n} replicas.`,
  }
}
