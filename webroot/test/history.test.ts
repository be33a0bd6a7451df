import { expect, test } from 'vitest'
import { History } from '../src/cluster/history'
import type { Snapshot } from '../src/cluster/snapshot'
import { MockState } from './mock/state'

const START = Date.parse('2026-01-01T00:00:00Z')

function fill(seconds: number): History {
  const history = new History()
  const template = new MockState(2).snapshot()
  for (let t = 0; t < seconds; t++) {
    const workers = template.workers.map((worker) => ({ ...worker, readsPerSecond: t }))
    const at = new Date(START + t * 1_000).toISOString()
    history.add({ ...template, workers, at } as Snapshot)
  }
  return history
}

test('rates of the workers are summed', () => {
  const [times, reads] = fill(10).read('all', START, ['reads'])
  expect(times).toHaveLength(10)
  expect(reads!.at(-1)).toBe(18)
})

test('what is older than the fine track is read from the coarse one, in order, without overlap', () => {
  const [times] = fill(3_600).read(0, START, ['reads'])
  expect(times![0]! * 1000).toBe(START)
  expect(times).toEqual(times!.toSorted((a, b) => a - b))
  expect(new Set(times).size).toBe(times!.length)
})

test('snapshots that come faster than once a second do not shorten the memory', () => {
  const history = new History()
  const template = new MockState(1).snapshot()
  for (let i = 0; i < 100; i++) {
    history.add({ ...template, at: new Date(START + i * 100).toISOString() })
  }
  expect(history.read('all', START, ['reads'])[0]).toHaveLength(13)
})

test('after a step of the clock backwards the memory begins anew', () => {
  const history = fill(60)
  const template = new MockState(2).snapshot()
  const back = START - 3_600_000
  for (let t = 0; t < 5; t++) {
    history.add({ ...template, at: new Date(back + t * 1_000).toISOString() })
  }
  const [times] = history.read('all', 0, ['reads'])
  expect(times).toEqual([0, 1, 2, 3, 4].map((t) => back / 1_000 + t))
})
