/** A line of two texts: in both, or in one of them alone. */
export interface DiffLine {
  readonly kind: 'same' | 'old' | 'new'
  readonly text: string
}

/** Each line is compared with each: more than these would hold the page up. */
const LINES_MAX = 1_000

const of = (kind: DiffLine['kind'], lines: readonly string[]): DiffLine[] =>
  lines.map((text) => ({ kind, text }))

/** What changes from one text to another, line by line; null where they differ in too many. */
export function diffOf(before: string, after: string): DiffLine[] | null {
  const [a, b] = [before.split('\n'), after.split('\n')]
  let head = 0
  while (head < Math.min(a.length, b.length) && a[head] === b[head]) head++
  let tail = 0
  const rest = Math.min(a.length, b.length) - head
  while (tail < rest && a.at(-1 - tail) === b.at(-1 - tail)) tail++
  const [old, next] = [a.slice(head, a.length - tail), b.slice(head, b.length - tail)]
  if (Math.max(old.length, next.length) > LINES_MAX) return null
  return [
    ...of('same', a.slice(0, head)),
    ...middle(old, next),
    ...of('same', a.slice(a.length - tail)),
  ]
}

/** Keeps as many lines as possible. */
function middle(a: readonly string[], b: readonly string[]): DiffLine[] {
  const width = b.length + 1
  // How many lines the two have in common from a place in each on.
  const common = new Uint16Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const [down, right] = [common[(i + 1) * width + j]!, common[i * width + j + 1]!]
      common[i * width + j] =
        a[i] === b[j] ? common[(i + 1) * width + j + 1]! + 1 : Math.max(down, right)
    }
  }
  const lines: DiffLine[] = []
  let [i, j] = [0, 0]
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      lines.push({ kind: 'same', text: a[i++]! })
      j++
    } else if (common[(i + 1) * width + j]! >= common[i * width + j + 1]!) {
      lines.push({ kind: 'old', text: a[i++]! })
    } else lines.push({ kind: 'new', text: b[j++]! })
  }
  return [...lines, ...of('old', a.slice(i)), ...of('new', b.slice(j))]
}
