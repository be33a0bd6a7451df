import { createServer } from 'node:net'

/** Below those that the system hands out by itself, so that a worker finds its port again. */
const FIRST = 12_000
const END = 32_000
const taken = new Set<number>()

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer()
    server.once('error', () => done(false))
    server.listen(port, '127.0.0.1', () => server.close(() => done(true)))
  })
}

/** The first of so many neighbouring ports that nobody listens on. */
export async function freePorts(count: number): Promise<number> {
  for (;;) {
    const first = FIRST + Math.floor(Math.random() * (END - FIRST - count))
    const row = Array.from({ length: count }, (_, i) => first + i)
    if (row.some((port) => taken.has(port))) continue
    const free = await Promise.all(row.map(isFree))
    if (!free.every(Boolean)) continue
    for (const port of row) taken.add(port)
    return first
  }
}
