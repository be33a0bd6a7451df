import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { rondo } from '../src/format/commands'

const HOME = 'http://127.0.0.1:5000'

test('a command asks the controller of the page, which needs no name where it is the usual one', () => {
  expect(rondo(['restart', 2], HOME)).toBe('rondo restart 2')
  expect(rondo(['restart', 2], 'http://localhost:5000')).toBe('rondo restart 2')
  expect(rondo(['restart', 2], 'http://10.0.0.10:5000')).toBe(
    'rondo restart 2 --url http://10.0.0.10:5000',
  )
})

test.each(["next's.jar", 'a b.jar', '$(id).jar', '*.jar', '', 'é.jar', 'rondo-1.2_3+4.jar'])(
  'a shell gives the program the same words: %s',
  (jar) => {
    const words = ['redeploy', 'router', '--jar', jar]
    const script = `rondo() { printf '%s\\n' "$@"; }; ${rondo(words, HOME)}`
    const given = execFileSync('bash', ['-c', script], { encoding: 'utf8' })
    expect(given.split('\n').slice(0, -1)).toEqual(words)
  },
)
