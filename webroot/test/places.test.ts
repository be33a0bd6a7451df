import { expect, test } from 'vitest'
import { places, titleOf } from '../src/places'

test('the overview has the name of the store alone, every other page its own before it', () => {
  expect(titleOf(undefined)).toBe('Distributed Key-Value Store')
  expect(titleOf('Keys')).toBe('Keys · Distributed Key-Value Store')
})

test('the description of the API and the settings stand apart from the pages about the cluster, and not among the five of a phone', () => {
  expect(places.filter((place) => place.atFoot).map((place) => place.to)).toEqual([
    '/docs',
    '/settings',
  ])
  expect(places.filter((place) => place.onPhone)).toHaveLength(5)
})
