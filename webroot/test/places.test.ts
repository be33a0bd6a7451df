import { expect, test } from 'vitest'
import { titleOf } from '../src/places'

test('the overview has the name of the store alone, every other page its own before it', () => {
  expect(titleOf(undefined)).toBe('Distributed Key-Value Store')
  expect(titleOf('Keys')).toBe('Keys · Distributed Key-Value Store')
})
