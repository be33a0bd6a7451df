import { expect, test } from 'vitest'
import { diffOf } from '../src/format/diff'

const MARKS = { same: ' ', old: '-', new: '+' }
const marked = (before: string, after: string): string[] =>
  diffOf(before, after)!.map(({ kind, text }) => MARKS[kind] + text)

test('lines of one text alone stand beside those of both', () => {
  expect(marked('a\nb\nc', 'a\nx\nc')).toEqual([' a', '-b', '+x', ' c'])
  expect(marked('a\nc', 'a\nb\nc')).toEqual([' a', '+b', ' c'])
  expect(marked('a\nb\na', 'a')).toEqual([' a', '-b', '-a'])
  expect(marked('', 'a')).toEqual(['-', '+a'])
  expect(marked('same', 'same')).toEqual([' same'])
})

test('both texts can be told from what is shown, and as many lines as can be are kept', () => {
  const [before, after] = ['1\n2\n3\n4\n5\n6', '0\n2\n4\n3\n5\n7\n6']
  const lines = diffOf(before, after)!
  const without = (kind: string): string =>
    lines
      .filter((line) => line.kind !== kind)
      .map((line) => line.text)
      .join('\n')
  expect(without('new')).toBe(before)
  expect(without('old')).toBe(after)
  expect(lines.filter((line) => line.kind === 'same')).toHaveLength(4)
})

const many = (of: (i: number) => string): string =>
  Array.from({ length: 3_000 }, (_, i) => of(i)).join('\n')

test('long texts are compared where they differ in few lines only', () => {
  const one = many(String)
  expect(diffOf(one, `${one}\nend`)!.at(-1)).toEqual({ kind: 'new', text: 'end' })
  expect(
    diffOf(
      one,
      many((i) => `x${i}`),
    ),
  ).toBeNull()
})
