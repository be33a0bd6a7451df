import { createServer as httpServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createServer, type ViteDevServer } from 'vite'
import { WebSocket, WebSocketServer } from 'ws'
import { proxyTo } from '../proxy'

/** A controller that says which origin and host it was asked with. */
let controller: Server
let vite: ViteDevServer
let own: string

const portOf = (server: Pick<Server, 'address'>): number => (server.address() as AddressInfo).port
const seen = ({ headers }: IncomingMessage): string => `${headers.origin} ${headers.host}`

beforeAll(async () => {
  controller = httpServer((request, response) => response.end(seen(request)))
  const sockets = new WebSocketServer({ server: controller })
  sockets.on('connection', (socket, request) => socket.send(seen(request)))
  await new Promise<void>((done) => controller.listen(0, '127.0.0.1', done))
  vite = await createServer({
    configFile: false,
    logLevel: 'silent',
    optimizeDeps: { noDiscovery: true },
    server: { host: '127.0.0.1', port: 0, proxy: proxyTo(target()) },
  })
  await vite.listen()
  own = `127.0.0.1:${portOf(vite.httpServer as Server)}`
})

afterAll(async () => {
  await vite.close()
  controller.closeAllConnections()
  controller.close()
})

const host = (): string => `127.0.0.1:${portOf(controller)}`
const target = (): string => `http://${host()}`

function heard(origin: string, path: string): Promise<string> {
  const socket = new WebSocket(`ws://${own}${path}`, { origin })
  return new Promise((done, failed) => {
    socket.on('error', failed)
    socket.on('message', (data) => {
      socket.close()
      done(String(data))
    })
  })
}

async function answered(origin: string | null, path: string, method = 'POST'): Promise<string> {
  const headers = new Headers(origin === null ? {} : { Origin: origin })
  return (await fetch(`http://${own}${path}`, { method, headers })).text()
}

const FEED = '/eventbus/1/abcdefgh/websocket'

test('pages of the development server are the controller’s own, whatever they ask', async () => {
  const trusted = `${target()} ${host()}`
  expect(await answered(`http://${own}`, '/cluster/repair')).toBe(trusted)
  expect(await answered(`http://${own}`, '/cluster/config', 'PATCH')).toBe(trusted)
  expect(await heard(`http://${own}`, FEED)).toBe(trusted)
})

test('nobody else is vouched for', async () => {
  const foreign = `http://example.org ${host()}`
  expect(await answered('http://example.org', '/cluster/repair')).toBe(foreign)
  expect(await heard('http://example.org', FEED)).toBe(foreign)
  expect(await answered(null, '/cluster', 'GET')).toBe(`undefined ${host()}`)
})

test('a controller is asked for itself, not for the packages of the page', async () => {
  expect(await answered(null, '/node', 'GET')).toBe(`undefined ${host()}`)
  expect(await answered(null, '/node_modules/none', 'GET')).not.toContain(host())
})
