import { rondo } from '../format/commands'
import type { Quorums, Snapshot } from './snapshot'
import { sameQuorums } from './verdict'

export interface Step {
  readonly text: string
  readonly command?: string
}

const VNODES = 10

/** What a new cluster of so many workers goes by where nobody says otherwise. */
function standard(workers: number): Quorums {
  const n = Math.min(3, workers)
  const majority = Math.floor(n / 2) + 1
  return { replicationFactor: n, writeQuorum: majority, readQuorum: majority }
}

/** How a controller is started that starts so many workers, with the quorums of this cluster. */
function start({ config }: Snapshot, workers: number): string {
  const words = ['java -jar rondo.jar', `--supervisor.workers ${workers}`, `--data data-${workers}`]
  if (!sameQuorums(config, standard(workers))) {
    words.push(
      `--ring.replicationFactor ${config.replicationFactor}`,
      `--ring.writeQuorum ${config.writeQuorum}`,
      `--ring.readQuorum ${config.readQuorum}`,
    )
  }
  if (config.vnodes !== VNODES) words.push(`--ring.vnodes ${config.vnodes}`)
  return words.join(' ')
}

/** How an operator comes to one worker more: the members of a cluster are those of its first start. */
export function joiningSteps(snapshot: Snapshot, origin: string = location.origin): Step[] {
  const workers = snapshot.workers.filter((worker) => worker.member).length + 1
  return [
    {
      text: 'Stop what writes. Then write all keys with their values to a file.',
      command: rondo(['export', 'keys.ndjson'], origin),
    },
    { text: 'Stop this cluster: Ctrl-C or SIGTERM to its controller. Its folder stays as it is.' },
    {
      text: 'Start a new one in a folder of its own, with the other settings of this one. Workers that are started by hand are listed under members in the file of all nodes instead.',
      command: start(snapshot, workers),
    },
    {
      text: 'When all workers are online, store the keys there. They get new versions.',
      command: rondo(['import', 'keys.ndjson'], origin),
    },
  ]
}
