/** A piece of a JSON text, by what it means to the eye. */
export interface Piece {
  readonly kind: 'name' | 'text' | 'literal' | 'mark'
  readonly text: string
}

const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s{}[\],:"]+/g

/** Deeper than anybody reads, and than thousands of nested lists may fill the memory with blanks. */
const DEPTH_MAX = 40

function kindOf(token: string, isName: boolean): Piece['kind'] {
  if (token.startsWith('"')) return isName ? 'name' : 'text'
  return '{}[],:'.includes(token) ? 'mark' : 'literal'
}

function add(pieces: Piece[], kind: Piece['kind'], text: string): void {
  const last = pieces.at(-1)
  if (last?.kind === kind) pieces[pieces.length - 1] = { kind, text: last.text + text }
  else pieces.push({ kind, text })
}

/**
 * Valid JSON, indented. Only the blanks between the tokens change: a number of 30 digits, a name that
 * stands twice and the order of all names stay as they were stored.
 */
export function prettyJson(json: string): Piece[] {
  const tokens = json.match(TOKEN) ?? []
  const pieces: Piece[] = []
  let depth = 0
  const line = (): string => `\n${'  '.repeat(Math.min(depth, DEPTH_MAX))}`
  tokens.forEach((token, i) => {
    const next = tokens[i + 1]
    const closes = token === '}' || token === ']'
    const isEmpty = closes && (tokens[i - 1] === '{' || tokens[i - 1] === '[')
    if (closes) depth--
    const before = closes && !isEmpty ? line() : ''
    if (token === '{' || token === '[') depth++
    const opens = (token === '{' || token === '[') && next !== '}' && next !== ']'
    const after = token === ':' ? ' ' : opens || token === ',' ? line() : ''
    add(pieces, kindOf(token, next === ':'), before + token + after)
  })
  return pieces
}
