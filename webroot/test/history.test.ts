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

const moment = (t: number): string => new Date(START + t * 1_000).toISOString()

test('while the feed was away nothing is known, at either resolution', () => {
  const history = new History()
  const template = new MockState(1).snapshot()
  for (let t = 0; t < 1_200; t++) {
    if (t < 100 || t >= 130) history.add({ ...template, at: moment(t) })
  }
  const missing = (since: number): number[] => {
    const [times, reads] = history.read('all', since, ['reads'])
    expect(reads).toHaveLength(times.length)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    return times.filter((_, i) => reads![i] === null).map((time) => time - START / 1_000)
  }
  // Of twenty minutes the first five are only there coarsely.
  expect(missing(START)).toHaveLength(1)
  expect(missing(START)[0]).toBeGreaterThan(96)
  expect(missing(START)[0]).toBeLessThan(130)
  const late = new History()
  for (let t = 0; t < 100; t += t === 50 ? 7 : 1) late.add({ ...template, at: moment(t) })
  const [times, reads] = late.read('all', START, ['reads'])
  expect(times.filter((_, i) => reads![i] === null)).toEqual([START / 1_000 + 51])
})

test('a late message is no gap', () => {
  const history = new History()
  const template = new MockState(1).snapshot()
  for (let t = 0; t < 60; t += t % 10 === 0 ? 3.5 : 1) history.add({ ...template, at: moment(t) })
  expect(history.read('all', START, ['reads'])[1]).not.toContain(null)
})

test('of a worker that is away there is nothing, and the others are summed without it', () => {
  const history = new History()
  const state = new MockState(2)
  const figures = { readsPerSecond: 5, p99Millis: 2 }
  for (const worker of state.workers) Object.assign(worker, figures)
  for (const [t, status] of ['ONLINE', 'OFFLINE', 'RECOVERING'].entries()) {
    Object.assign(state.workers[1]!, { status })
    history.add({ ...state.snapshot(), at: moment(t) })
  }
  expect(history.read(1, START, ['reads', 'p99']).slice(1)).toEqual([
    [5, null, 5],
    [2, null, 2],
  ])
  expect(history.read('all', START, ['reads'])[1]).toEqual([10, 5, 10])
  for (const worker of state.workers) worker.status = 'OFFLINE'
  history.add({ ...state.snapshot(), at: moment(3) })
  expect(history.read('all', START, ['reads'])[1]!.at(-1)).toBeNull()
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
