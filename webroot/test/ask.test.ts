import { afterEach, expect, test, vi } from 'vitest'
import { listKeys } from '../src/cluster/keys'
import { verticlesOf } from '../src/cluster/verticles'
import { ask } from '../src/console/ask'

function answer(status: number, body: string): void {
  vi.stubGlobal('fetch', async () => new Response(body, { status }))
}

afterEach(() => vi.unstubAllGlobals())

test('a page of the longest keys is read whole', async () => {
  const keys = Array.from({ length: 100 }, (_, i) => String(i).padStart(1_024, 'k'))
  const items = keys.map((key) => ({ key, size: 1 }))
  answer(200, JSON.stringify({ items, next: 'more' }))
  const page = await listKeys('http://w', '/kv', '', null, 100)
  expect(page.items.map((item) => item.key)).toEqual(keys)
  expect(page.next).toBe('more')
})

test('many verticles are read whole, and a node that has no such address has none', async () => {
  const verticles = Array.from({ length: 1_000 }, (_, i) => ({ name: `${i}`.padStart(100, 'v') }))
  answer(200, JSON.stringify({ jarDirectory: '/jars', verticles }))
  expect((await verticlesOf('http://w'))?.verticles).toHaveLength(1_000)
  answer(404, '{}')
  expect(await verticlesOf('http://w')).toBeNull()
})

test('what is refused is refused in the words of the worker, if it has any', async () => {
  answer(503, '{"title":"Unavailable","detail":"It is being rebuilt."}')
  await expect(ask('http://w/node')).rejects.toThrow('It is being rebuilt.')
  for (const body of ['<html>', 'null', '{}']) {
    answer(502, body)
    await expect(ask('http://w/node')).rejects.toThrow('The worker answered 502.')
  }
})
