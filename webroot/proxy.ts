import type { ClientRequest, IncomingMessage } from 'node:http'
import type { ProxyOptions } from 'vite'

/** What the page asks of the controller; a pattern where Vite serves something that begins alike. */
const PATHS = ['/eventbus', '/cluster', '/kv', '/metrics', '/health', '^/node$', '/openapi.json']

/** `localhost` or an address: a name may be let point to this machine by anybody. */
const OWN_HOST = /^(localhost|[0-9.]+|\[[0-9a-f:.]+\])(:[0-9]+)?$/

/** Whether a page of this server asks. */
function isOwn({ headers }: IncomingMessage): boolean {
  const { host, origin } = headers
  return host !== undefined && OWN_HOST.test(host) && origin === `http://${host}`
}

/**
 * Passes requests on to a controller, which answers its own pages only: those of this server count
 * as such. Another origin stays what it is, so that the controller refuses it as ever; Vite's
 * `rewriteWsOrigin` would vouch for all, and only for WebSockets.
 */
export function proxyTo(controller: string): Record<string, ProxyOptions> {
  const { origin } = new URL(controller)
  const vouch = (out: ClientRequest, request: IncomingMessage): void => {
    if (isOwn(request)) out.setHeader('origin', origin)
  }
  const options: ProxyOptions = {
    target: controller,
    ws: true,
    changeOrigin: true,
    configure(proxy) {
      proxy.on('proxyReq', vouch)
      proxy.on('proxyReqWs', vouch)
    },
  }
  return Object.fromEntries(PATHS.map((path) => [path, options]))
}
