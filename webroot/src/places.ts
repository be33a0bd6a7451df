import {
  Activity,
  BookOpen,
  ChartLine,
  CircleDashed,
  Database,
  LayoutDashboard,
  Server,
  Settings,
  Terminal,
} from '@lucide/vue'
import type { Component } from 'vue'

export interface Place {
  readonly to: string
  readonly label: string
  readonly icon: Component
  readonly onPhone: boolean
  /** Apart from the others, at the foot of the rail, where they stand together at the end. */
  readonly atFoot?: boolean
}

/** The pages, in the order of the rail. */
export const places: readonly Place[] = [
  { to: '/', label: 'Overview', icon: LayoutDashboard, onPhone: true },
  { to: '/ring', label: 'Ring', icon: CircleDashed, onPhone: true },
  { to: '/nodes', label: 'Nodes', icon: Server, onPhone: false },
  { to: '/keys', label: 'Keys', icon: Database, onPhone: true },
  { to: '/console', label: 'Console', icon: Terminal, onPhone: true },
  { to: '/metrics', label: 'Metrics', icon: ChartLine, onPhone: false },
  { to: '/activity', label: 'Activity', icon: Activity, onPhone: true },
  { to: '/docs', label: 'API docs', icon: BookOpen, onPhone: false, atFoot: true },
  { to: '/settings', label: 'Settings', icon: Settings, onPhone: false, atFoot: true },
]

export function isAt(to: string, path: string): boolean {
  return to === '/' ? path === '/' : path === to || path.startsWith(`${to}/`)
}

const PRODUCT = 'Distributed Key-Value Store'

/** The title of the window: the overview has no name of its own. */
export function titleOf(page: unknown): string {
  return typeof page === 'string' ? `${page} · ${PRODUCT}` : PRODUCT
}
