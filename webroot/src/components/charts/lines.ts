import type { Series } from '../../cluster/history'
import type { Line } from './options'

export const trafficSeries: readonly Series[] = ['reads', 'writes']
export const trafficLines: readonly Line[] = [
  { label: 'reads', colour: '--w0', unit: 'op/s', filled: true },
  { label: 'writes', colour: '--w1', unit: 'op/s', filled: true },
]

export const latencySeries: readonly Series[] = ['p50', 'p99']
export const latencyLines: readonly Line[] = [
  { label: 'p50', colour: '--w1', unit: 'ms' },
  { label: 'p99', colour: '--w2', unit: 'ms' },
]

export const failureSeries: readonly Series[] = ['failures']
export const failureLines: readonly Line[] = [
  { label: 'failures', colour: '--bad', unit: 'op/s', filled: true },
]
