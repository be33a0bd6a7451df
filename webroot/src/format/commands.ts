import { shellQuote } from './curl'

/** Where the commands look for a controller by themselves. */
const STANDARD = new Set(['http://127.0.0.1:5000', 'http://localhost:5000'])

/** What no shell takes for anything else. */
const PLAIN = /^[\w@%+=:,./-]+$/

/** The command that asks the controller of this page for the same. */
export function rondo(
  words: readonly (string | number)[],
  origin: string = location.origin,
): string {
  const at = STANDARD.has(origin) ? [] : ['--url', origin]
  const shell = [...words, ...at].map(String)
  return ['rondo', ...shell.map((word) => (PLAIN.test(word) ? word : shellQuote(word)))].join(' ')
}
