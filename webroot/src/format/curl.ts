/** One word for a POSIX shell, whatever is in it. */
export function shellQuote(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`
}

export interface Request {
  readonly method: 'GET' | 'PUT' | 'DELETE'
  readonly url: string
  readonly contentType?: string
  readonly body?: string
}

/** The command that sends the same bytes. `--data-raw`, as `--data-binary '@x'` would read a file. */
export function curlOf(request: Request): string {
  const words = ['curl', '-i', '-X', request.method, '--path-as-is', shellQuote(request.url)]
  if (request.method === 'PUT') {
    words.push('-H', shellQuote(`Content-Type: ${request.contentType ?? 'text/plain'}`))
    words.push('--data-raw', shellQuote(request.body ?? ''))
  }
  return words.join(' ')
}
