/** Where everything of one cluster is, and who takes care of which worker. */
export interface Layout {
  readonly folder: string
  readonly http: number
  readonly grpc: number
  readonly membership: number
  readonly workers: number
  /** The controller starts so many, and again when they die; the tests have the others in their hands. */
  readonly supervised: number
  readonly settings: object
}

export const SMALL = ['-Xmx160m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1']
const host = '127.0.0.1'

/** The configuration file of the controller, or of a worker. */
export function configurationOf(layout: Layout, worker: number | null): object {
  const { folder, http, grpc, membership, workers, supervised, settings } = layout
  const ids = Array.from({ length: workers }, (_, id) => id)
  const seeds = [0, ...ids.map((id) => id + 1)].map((i) => `${host}:${membership + i}`)
  const at = worker === null ? 0 : worker + 1
  const who = worker === null ? { role: 'controller' } : { role: 'worker', id: worker }
  return {
    ...who,
    cluster: `e2e-${membership}`,
    data: `${folder}/data`,
    http: { port: http + at, corsOrigin: `http://${host}:${http}`, instances: 1 },
    grpc: { port: grpc + at },
    controller: { grpcPort: grpc },
    membership: { port: membership + at, seeds },
    members: ids.map((id) => ({ id, host, httpPort: http + 1 + id, grpcPort: grpc + 1 + id })),
    storage: { reserveBytes: 1 << 20 },
    supervisor: { workers: worker === null ? supervised : 0, javaOptions: SMALL },
    ...settings,
  }
}
