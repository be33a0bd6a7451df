import { expect, test } from 'vitest'
import { prettyJson } from '../src/format/json'

const pretty = (json: string): string =>
  prettyJson(json)
    .map((piece) => piece.text)
    .join('')

test('objects and lists are indented as everybody does it', () => {
  const value = { a: [1, { b: null }], c: {}, d: [], e: 'x, {"y": [1]} \\" : z', f: true }
  expect(pretty(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2))
  expect(pretty('  [ 1 ,\n2 ]  ')).toBe('[\n  1,\n  2\n]')
  for (const plain of ['12', '"a b"', 'null', '{}', '[]']) expect(pretty(plain)).toBe(plain)
})

test('numbers, and names that stand twice, stay as they were stored', () => {
  const stored = '{"id":12345678901234567890.10,"id":1e400}'
  expect(pretty(stored)).toBe('{\n  "id": 12345678901234567890.10,\n  "id": 1e400\n}')
})

test('names, texts and literals are told apart', () => {
  const kinds = prettyJson('{"name":"text","other":[1,true]}').map(({ kind }) => kind)
  expect(kinds.filter((kind) => kind !== 'mark')).toEqual([
    'name',
    'text',
    'name',
    'literal',
    'literal',
  ])
})

test('lists nested without end fill no memory', () => {
  const depth = 20_000
  expect(pretty('['.repeat(depth) + ']'.repeat(depth)).length).toBeLessThan(depth * 200)
})
