import { expect, test } from 'vitest'
import WorkBar from '../src/components/overview/WorkBar.vue'
import type { Work } from '../src/cluster/snapshot'
import { drawn } from './drawn'

const bar = (work: Partial<Work>): Promise<string> => {
  const whole: Work = { kind: 'recovery', worker: 1, done: 0, total: 0, unit: 'keys', rate: 0 }
  return drawn(WorkBar, { work: { ...whole, ...work } })
}

test('work of a known size says how far it is', async () => {
  const html = await bar({ done: 26, total: 40 })
  expect(html).toContain('aria-valuenow="65"')
  expect(html).toContain('65%')
  expect(html).toContain('26 / 40 keys')
})

test('work of an unknown size claims no part of it', async () => {
  const html = await bar({ done: 1_200, total: 0, rate: 30 })
  expect(html).toContain('role="progressbar"')
  expect(html).not.toContain('aria-value')
  expect(html).not.toContain('%')
  expect(html).toContain('1,200 keys')
  expect(html).not.toContain('/ 0')
  expect(html).not.toContain('left')
})

test('nothing is further than done', async () => {
  expect(await bar({ done: 41, total: 40 })).toContain('aria-valuenow="100"')
})
