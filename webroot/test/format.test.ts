import { expect, test } from 'vitest'
import { bytesText, hex32, millis, percent, plural, rate } from '../src/format/numbers'
import { shortVersion, span, versionTime } from '../src/format/times'

test.each([
  [0, '0 B'],
  [1023, '1,023 B'],
  [1024, '1.0 KiB'],
  [8_808_038, '8.4 MiB'],
])('%d bytes read %s', (n, text) => expect(bytesText(n)).toBe(text))

test.each([
  [900, '0.9 s'],
  [22_400, '22 s'],
  [250_000, '4 m 10 s'],
  [3 * 3_600_000, '3 h'],
  [49 * 3_600_000, '2 d'],
  [-500, '0.0 s'],
])('%d ms last %s', (ms, text) => expect(span(ms)).toBe(text))

test.each([
  [0, '0%'],
  [1, '100%'],
  [0.7421, '74.2%'],
  [0.0001, '<0.1%'],
  [0.99999, '>99.9%'],
])('%d of one is %s', (part, text) => expect(percent(part)).toBe(text))

test('what was not measured is a dash, and small rates keep a decimal', () => {
  expect(millis(0)).toBe('–')
  expect(millis(6.66)).toBe('6.7')
  expect(rate(4)).toBe('4.0')
  expect(rate(1190.7)).toBe('1,191')
  expect(plural(1, 'key')).toBe('1 key')
  expect(hex32(255)).toBe('0x000000ff')
})

test('a version keeps its telling end and its counter, and says when it was given', () => {
  expect(shortVersion('019abcde12340000-0')).toBe('1234')
  expect(shortVersion('019abcde1234000b-3')).toBe('1234.11')
  expect(shortVersion('whatever-else')).toBe('whatever-…')
  expect(versionTime('019abcde12340000-0')).toBe(0x019abcde1234)
  expect(versionTime('4')).toBeNaN()
})
