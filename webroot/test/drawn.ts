import { createPinia, setActivePinia } from 'pinia'
import { vi } from 'vitest'
import { createSSRApp, h, type Component } from 'vue'
import { renderToString } from 'vue/server-renderer'
import type { Snapshot } from '../src/cluster/snapshot'
import { useCluster } from '../src/cluster/store'

/** Without styles, in which there are percentages of another kind. */
const bare = (html: string): string => html.replace(/ style="[^"]*"/g, '')

/** What a component draws at first, for a cluster in this state. */
export async function drawn(
  component: Component,
  props: Record<string, unknown>,
  snapshot: Snapshot | null = null,
): Promise<string> {
  vi.stubGlobal('location', { origin: 'http://127.0.0.1:5000', hostname: '127.0.0.1' })
  const pinia = createPinia()
  setActivePinia(pinia)
  const cluster = useCluster()
  if (snapshot) {
    cluster.snapshot = snapshot
    cluster.now = Date.parse(snapshot.at)
  }
  const app = createSSRApp(component, props).use(pinia)
  app.component('RouterLink', (_: object, { slots }) => h('a', slots.default?.()))
  return bare(await renderToString(app))
}

/** What of it can be read. */
export function textOf(html: string): string {
  return html
    .replace(/<!--.*?-->/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}
