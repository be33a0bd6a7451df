import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { curlOf, shellQuote } from '../src/format/curl'

const hostile = [
  'plain',
  "it's",
  '$(id) `id` "q" \\ !',
  'line\nline',
  'é€😀',
  '-x',
  '@/etc/passwd',
  '',
  ' a  b ',
]

test.each(hostile)('a shell takes %j for one word, unchanged', (word) => {
  const printed = execFileSync('sh', ['-c', `printf '%s' ${shellQuote(word)}`], {
    encoding: 'utf8',
  })
  expect(printed).toBe(word)
})

test('the command of a PUT carries type and body, that of a GET neither', () => {
  const url = 'http://127.0.0.1:5001/kv/a%2Fb'
  expect(curlOf({ method: 'PUT', url, contentType: 'text/plain', body: "it's" })).toBe(
    `curl -i -X PUT --path-as-is '${url}' -H 'Content-Type: text/plain' --data-raw 'it'\\''s'`,
  )
  expect(curlOf({ method: 'GET', url })).toBe(`curl -i -X GET --path-as-is '${url}'`)
})
