import type { MockCluster } from './controller'

const SAMPLES: readonly (readonly [string, string])[] = [
  ['geo:blr:560100', '{"lat":12.97,"lon":77.59}'],
  ['user:2210:profile', '{"id":2210}'],
  ['feature:dark-mode', 'on'],
  ['order:2026-11-0931', '{"item":"sku-1","qty":1}'],
  ['cart:77:items', '[1,2,3]'],
  ['session:8f21c7', 'open'],
  ['price:sku-4471', '12.50'],
  ['user:1042:cart', '[]'],
  ['user:1042:profile', '{"id":1042,"name":"Asha Rao","plan":"pro","cities":["Bengaluru","Pune"]}'],
  ['naval', 'ships'],
  ['abhay', 'first'],
  ['alpha', 'first letter'],
]
const KEYS = [9_412, 9_187, 9_630, 9_211]
const BYTES = [8.4, 8.1, 8.8, 8.2]

function wave(t: number, phase: number): number {
  return 1 + 0.16 * Math.sin(t / 9 + phase) + 0.05 * Math.sin(t * 1.7 + phase)
}

/** Heartbeats that arrive and traffic that breathes; `t` counts seconds. */
export function traffic(cluster: MockCluster, t: number): void {
  for (const worker of cluster.state.workers) {
    const { id } = worker
    if (worker.status === 'OFFLINE') {
      worker.readsPerSecond = worker.writesPerSecond = worker.p99Millis = 0
      continue
    }
    const late = (t + id * 0.7) % 3
    worker.lastHeartbeat = new Date(cluster.state.now() - late * 1_000).toISOString()
    worker.readsPerSecond = 880 * wave(t, id)
    worker.writesPerSecond = 300 * wave(t * 0.8, id + 2)
    worker.p50Millis = 0.9 * wave(t, id)
    worker.p99Millis = (5.2 + id) * wave(t * 3, id) + (t % 37 === 0 ? 3 : 0)
  }
}

/** Four workers with data, all well. */
export function healthy(cluster: MockCluster): void {
  const { state } = cluster
  for (const worker of state.workers) {
    worker.keys = KEYS[worker.id % 4]!
    worker.bytes = BYTES[worker.id % 4]! * 2 ** 20
  }
  for (const [key, value] of SAMPLES) state.store(key, value, 'application/json')
  const older = (event: object): object =>
    Object.assign(event, { at: new Date(state.now() - 600_000).toISOString() })
  state.record('worker_online', 'INFO', 0, 'Worker 0 registered on :5001')
  state.record('worker_online', 'INFO', 3, 'Worker 3 registered on :5004')
  state.record('config_changed', 'INFO', null, 'Replication factor 2 to 3, W=2, R=2 (epoch 7)')
  state.events.forEach(older)
  for (const worker of state.workers) {
    worker.recent = worker.recent.map((change) => ({
      ...change,
      at: new Date(state.now() - 60_000).toISOString(),
    }))
  }
  traffic(cluster, 1)
}

/** Worker 1 has died; hints gather on the others. */
export function degraded(cluster: MockCluster): void {
  const { state } = cluster
  const dead = state.workers[1]!
  dead.lastHeartbeat = new Date(state.now() - 22_000).toISOString()
  state.record('worker_suspect', 'WARN', 1, 'Worker 1 missed a heartbeat')
  state.setStatus(1, 'OFFLINE', 'Worker 1 is OFFLINE: no heartbeat for 8.2 s', 'WARN')
  ;[214, 0, 371, 198].forEach((hints, id) => (state.workers[id]!.hints = hints))
  state.work = [{ kind: 'hints', worker: 1, done: 0, total: 783, unit: 'hints', rate: 0 }]
  traffic(cluster, 1)
}

/** Worker 1 is back and fetches what it missed. */
export function recovering(cluster: MockCluster): void {
  const { state } = cluster
  state.setStatus(1, 'RECOVERING', 'Worker 1 is back and catches up')
  state.workers[1]!.lastHeartbeat = new Date(state.now()).toISOString()
  state.workers[1]!.keys = 6_420
  ;[31, 0, 92, 17].forEach((hints, id) => (state.workers[id]!.hints = hints))
  state.work = [
    { kind: 'recovery', worker: 1, done: 2_826, total: 4_096, unit: 'ranges', rate: 318 },
    { kind: 'hints', worker: 1, done: 643, total: 783, unit: 'hints', rate: 96 },
  ]
}
