import { expect, test } from 'vitest'
import { shownKey } from '../src/format/keys'

test.each(['alpha', 'user:1042:profile', 'a b', 'a/ü/日本', 'אב', 'C:\\temp', '😀'])(
  'an ordinary key reads as it is: %s',
  (key) => expect(shownKey(key)).toBe(key),
)

test.each([
  [' ', '␠'],
  ['a  b', 'a␠␠b'],
  [' a b ', '␠a b␠'],
  ['a\nb', String.raw`a\u000ab`],
  ['a\u0000', String.raw`a\u0000`],
  ['a\u0085b', String.raw`a\u0085b`],
  ['a\u00a0b', String.raw`a\u00a0b`],
  ['a\u200bb', String.raw`a\u200bb`],
  ['\u202egpj.exe', String.raw`\u202egpj.exe`],
  ['a\u2066b', String.raw`a\u2066b`],
  ['a\u2028b', String.raw`a\u2028b`],
  ['\u3164', String.raw`\u3164`],
  ['\u{e0041}', String.raw`\u{e0041}`],
])('what cannot be seen is written out: %j', (key, shown) => expect(shownKey(key)).toBe(shown))

test('a key that holds an escape or a mark does not pass for another', () => {
  expect(shownKey(String.raw`a\u000ab`)).toBe(String.raw`a\u005cu000ab`)
  expect(shownKey('␠')).toBe(String.raw`\u2420`)
})
