// A cluster to look at without one: node test/mock.mjs [healthy|degraded|recovering|empty] [port]
import { runnerImport } from 'vite'

const [scenario = 'healthy', port = '5000'] = process.argv.slice(2)
const load = async (path) => (await runnerImport(path, { configFile: false })).module
const { MockCluster } = await load('./test/mock/controller.ts')
const scenarios = await load('./test/mock/scenarios.ts')

const cluster = new MockCluster('../target/webroot')
await cluster.start(Number(port), Number(port) + 1)
if (scenario !== 'empty') scenarios.healthy(cluster)
if (scenario === 'degraded' || scenario === 'recovering') scenarios.degraded(cluster)
if (scenario === 'recovering') scenarios.recovering(cluster)
let t = 0
cluster.run(() => {
  if (scenario !== 'empty') scenarios.traffic(cluster, ++t)
})
process.stdout.write(`${scenario} at ${cluster.url}\n`)
