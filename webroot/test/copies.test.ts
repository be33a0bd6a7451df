import { createHash } from 'node:crypto'
import { afterEach, expect, test, vi } from 'vitest'
import { copiesOf } from '../src/cluster/copies'
import { MockState } from './mock/state'

const NEW = '019abcde12340000-0'
const { workers } = new MockState(3)

afterEach(() => void vi.unstubAllGlobals())

const place = (id: number, status = 'ONLINE') => ({ id, status, version: NEW })
const located = (...owners: ReturnType<typeof place>[]) => ({
  key: 'a/b',
  position: 1,
  owners,
  standIns: [],
})

interface Held {
  readonly key?: string
  readonly size?: number
  readonly value?: string
  readonly tombstone?: boolean
  readonly hintFor?: number
  readonly version?: string
}

/** Workers that hold this; what they were asked for. */
function holding(...items: Held[]): string[] {
  const asked: string[] = []
  vi.stubGlobal('fetch', async (url: string) => {
    asked.push(url)
    const whole = items.map((item) => ({ key: 'a/b', size: 5, version: NEW, ...item }))
    return Response.json({ items: whole, next: null })
  })
  return asked
}

test('each owner that is there is asked for its own copy', async () => {
  const asked = holding({ value: btoa('hello') })
  const copies = await copiesOf(located(place(0), place(1, 'OFFLINE'), place(2)), workers)
  expect(copies.map((copy) => copy.worker)).toEqual([0, 2])
  const md5 = createHash('md5').update('hello').digest('hex')
  expect(copies[0]!.checksum!.replace(' ', '')).toBe(md5.slice(0, 8))
  expect(asked.every((url) => /500[13]\/node\/keys\?prefix=a%2Fb&/.test(url))).toBe(true)
})

test('a hint that it keeps and a longer key are no copy', async () => {
  holding({ hintFor: 2 }, { key: 'a/bc' })
  expect(await copiesOf(located(place(0)), workers)).toEqual([])
})

test('a deletion has no value, and a large one is not fetched', async () => {
  const asked = holding({ tombstone: true })
  const [deleted] = await copiesOf(located(place(0)), workers)
  expect(deleted).toMatchObject({ deleted: true, checksum: null })
  holding({ size: 2 ** 20 })
  const [large] = await copiesOf(located(place(0)), workers)
  expect(large).toMatchObject({ size: 2 ** 20, checksum: null })
  expect(asked).toHaveLength(1)
})

test('who does not answer has no copy here', async () => {
  vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('Failed to fetch')))
  expect(await copiesOf(located(place(0)), workers)).toEqual([])
})
