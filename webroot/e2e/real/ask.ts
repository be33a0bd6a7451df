import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Runs a command line as a person would. */
export async function shell(command: string): Promise<string> {
  return (await run('bash', ['-c', command], { maxBuffer: 8 << 20 })).stdout
}

/** Runs something for many items, so many at a time. */
export async function each<T>(items: readonly T[], most: number, run: (item: T) => Promise<void>) {
  const left = items.values()
  const lane = async (): Promise<void> => {
    for (const item of left) await run(item)
  }
  await Promise.all(Array.from({ length: most }, lane))
}
