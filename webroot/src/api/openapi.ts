import { shellQuote } from '../format/curl'

/** What of an OpenAPI document is shown here. */
export interface Document {
  readonly info: { readonly description: string; readonly version: string }
  readonly tags: readonly { readonly name: string; readonly description: string }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, RawOperation>>>>
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

interface Reference {
  readonly $ref: string
}

interface Schema {
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly minimum?: number
  readonly maximum?: number
  readonly default?: unknown
}

interface RawParameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required?: boolean
  readonly description: string
  readonly schema: Schema
  readonly example?: string | number
}

interface RawContent {
  readonly example?: unknown
}

interface RawResponse {
  readonly description: string
  readonly content?: Readonly<Record<string, RawContent>>
}

interface RawOperation {
  readonly tags: readonly string[]
  readonly operationId: string
  readonly summary: string
  readonly 'x-rondo-nodes': readonly string[]
  readonly parameters?: readonly (RawParameter | Reference)[]
  readonly requestBody?: {
    readonly description: string
    readonly content: Readonly<Record<string, RawContent>>
  }
  readonly responses: Readonly<Record<string, RawResponse | Reference>>
}

export interface Parameter {
  readonly name: string
  readonly place: string
  readonly values: string
  readonly text: string
}

export interface Answer {
  readonly status: string
  readonly text: string
  readonly example: string
}

export interface Operation {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly summary: string
  readonly nodes: string
  readonly parameters: readonly Parameter[]
  readonly answers: readonly Answer[]
  /** Empty where there is none. */
  readonly command: string
}

export interface Group {
  readonly name: string
  readonly text: string
  readonly operations: readonly Operation[]
}

/** The operations of a document by their tags, in its order; commands go to a node at {@code origin}. */
export function groupsOf(document: Document, origin: string): Group[] {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, raw]) => ({ path, method: method.toUpperCase(), raw })),
  )
  return document.tags.map(({ name, description }) => ({
    name,
    text: description,
    operations: operations
      .filter(({ raw }) => raw.tags.includes(name))
      .map(({ path, method, raw }) => operationOf(document, path, method, raw, origin)),
  }))
}

function operationOf(
  document: Document,
  path: string,
  method: string,
  raw: RawOperation,
  origin: string,
): Operation {
  const parameters = (raw.parameters ?? []).map((one) => resolved<RawParameter>(document, one))
  return {
    id: raw.operationId,
    method,
    path,
    summary: raw.summary,
    nodes: raw['x-rondo-nodes'].join(' and '),
    parameters: [...parameters.map(parameterOf), ...bodyOf(raw)],
    answers: Object.entries(raw.responses).map(([status, one]) => {
      const { description, content } = resolved<RawResponse>(document, one)
      const example = Object.values(content ?? {}).find((type) => type.example !== undefined)
      return {
        status: status === 'default' ? 'other' : status,
        text: description,
        example: example ? JSON.stringify(example.example) : '',
      }
    }),
    // curl opens no WebSockets.
    command: '101' in raw.responses ? '' : commandOf(method, path, raw, parameters, origin),
  }
}

/** A part of the document, wherever in it. */
function resolved<T>(document: Document, part: T | Reference): T {
  if (typeof part !== 'object' || part === null || !('$ref' in part)) return part as T
  const [, , kind = '', name = ''] = part.$ref.split('/')
  return document.components[kind]?.[name] as T
}

function parameterOf({ name, in: place, description, schema }: RawParameter): Parameter {
  return { name, place, values: valuesOf(schema), text: description }
}

/** What is sent, as one parameter more. */
function bodyOf({ requestBody: body }: RawOperation): Parameter[] {
  if (!body) return []
  const types = Object.keys(body.content).map((type) => (type === '*/*' ? 'any type' : type))
  return [{ name: 'body', place: '', values: types.join(' or '), text: body.description }]
}

function valuesOf({ type, const: only, minimum, maximum, default: usual }: Schema): string {
  const words = [only === undefined ? [type].flat().join(' or ') : String(only)]
  if (minimum !== undefined) words.push(`from ${minimum}`)
  if (maximum !== undefined) words.push(`to ${maximum}`)
  if (usual !== undefined) words.push(`(${String(usual)})`)
  return words.join(' ')
}

function commandOf(
  method: string,
  path: string,
  raw: RawOperation,
  parameters: readonly RawParameter[],
  origin: string,
): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(parameters.find((one) => one.name === name)?.example ?? name),
  )
  const words = ['curl']
  if (method === 'HEAD') words.push('-I')
  else if (method !== 'GET') words.push('-X', method)
  for (const [type, { example }] of Object.entries(raw.requestBody?.content ?? {}).slice(0, 1)) {
    const plain = type === '*/*'
    words.push('-H', shellQuote(`Content-Type: ${plain ? 'text/plain' : type}`))
    words.push('--data-binary', shellQuote(plain ? 'a value' : JSON.stringify(example ?? {})))
  }
  return [...words, shellQuote(origin + filled)].join(' ')
}
