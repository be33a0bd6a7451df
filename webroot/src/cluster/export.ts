import { refusalOf } from '../console/ask'

/** More than this a page does not keep in memory for a file. */
export const EXPORT_MAX = 64 * 2 ** 20
const TYPE = 'application/x-ndjson'
const NEWLINE = 10

export interface Exported {
  readonly keys: number
  readonly bytes: number
}

/** All keys with this prefix and their values, a line each, as `rondo export` writes them. */
export async function exportOf(
  base: string,
  prefix: string,
  signal: AbortSignal,
  tell: (so: Exported) => void,
): Promise<Blob> {
  const query = `?values=true${prefix === '' ? '' : `&prefix=${encodeURIComponent(prefix)}`}`
  const headers = { Accept: TYPE }
  const answer = await fetch(`${base}/kv${query}`, { headers, cache: 'no-store', signal })
  if (answer.status !== 200 || answer.body === null) {
    throw new Error(refusalOf(answer.status, await answer.text()))
  }
  const parts: Uint8Array<ArrayBuffer>[] = []
  let [keys, bytes] = [0, 0]
  const reader = answer.body.getReader()
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    bytes += piece.value.length
    if (bytes > EXPORT_MAX) {
      await reader.cancel()
      throw new Error('That is more than 64 MiB, too much for a page. The command writes any size.')
    }
    keys += piece.value.reduce((count, byte) => count + Number(byte === NEWLINE), 0)
    parts.push(piece.value)
    tell({ keys, bytes })
  }
  return new Blob(parts, { type: TYPE })
}
