import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { groupsOf, type Document, type Operation } from '../src/api/openapi'

const path = new URL('../../src/main/resources/dev/rondo/http/openapi.json', import.meta.url)
const document = JSON.parse(readFileSync(path, 'utf8')) as Document
const groups = groupsOf(document, 'http://127.0.0.1:5000')

function operation(id: string): Operation {
  return groups.flatMap((group) => group.operations).find((one) => one.id === id)!
}

test('every operation is in one group, with its answers in words', () => {
  const all = groups.flatMap((group) => group.operations)
  const written = Object.values(document.paths).flatMap((one) => Object.values(one))
  expect(all.map((one) => one.id).sort()).toEqual(written.map((one) => one.operationId).sort())
  for (const one of all) {
    expect(one.answers.length).toBeGreaterThan(1)
    for (const answer of one.answers) expect(answer.text).not.toBe('')
    for (const parameter of one.parameters) expect(parameter.text).not.toBe('')
  }
})

test('parameters say what they take', () => {
  const { parameters } = operation('listKeys')
  expect(parameters.find((one) => one.name === 'limit')).toMatchObject({
    place: 'query',
    values: 'integer from 1 to 1000 (100)',
  })
  expect(operation('putKey').parameters.map((one) => one.values)).toContain('*')
})

test('what is sent is told beside the parameters', () => {
  expect(operation('putKey').parameters.at(-1)).toMatchObject({ name: 'body', values: 'any type' })
  expect(operation('changeConfig').parameters.at(-1)?.values).toBe(
    'application/json or application/merge-patch+json',
  )
  expect(operation('getKey').parameters.map((one) => one.name)).not.toContain('body')
})

test('commands can be run as they are', () => {
  expect(operation('getKey').command).toBe("curl 'http://127.0.0.1:5000/kv/alpha'")
  expect(operation('putKey').command).toBe(
    "curl -X PUT -H 'Content-Type: text/plain' --data-binary 'a value' 'http://127.0.0.1:5000/kv/alpha'",
  )
  expect(operation('restartWorker').command).toBe(
    "curl -X POST 'http://127.0.0.1:5000/cluster/workers/2/restart'",
  )
  expect(operation('changeConfig').command).toContain('"replicationFactor":3')
  expect(operation('openFeed').command).toBe('')
})
