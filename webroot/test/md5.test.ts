import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import vectors from '../../src/test/resources/ring-vectors.json'
import { md5, positionOf } from '../src/ring/md5'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

test('the digest is that of node for every length around the block boundaries', () => {
  for (let length = 0; length < 300; length++) {
    const text = 'é€x'.repeat(length).slice(0, length)
    expect(hex(md5(text))).toBe(createHash('md5').update(text, 'utf8').digest('hex'))
  }
})

test('positions are those of the golden vectors', () => {
  for (const { key, position } of vectors.keys) expect(positionOf(key)).toBe(position)
})
