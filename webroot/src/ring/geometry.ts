import { RING_SIZE, spanOf, type Token } from './ring'

export const TAU = 2 * Math.PI
const GAP = 0.006

/** The angle of a position: 0 at twelve o'clock, clockwise. */
export function angleOf(position: number): number {
  return (position / RING_SIZE) * TAU
}

export interface Point {
  readonly x: number
  readonly y: number
}

export function pointAt(angle: number, radius: number): Point {
  return { x: Math.sin(angle) * radius, y: -Math.cos(angle) * radius }
}

const text = (p: Point): string => `${p.x.toFixed(2)} ${p.y.toFixed(2)}`

/**
 * The angles that the token at an index covers, less a gap on either side. Real tokens lie so close
 * together that a fixed gap would turn a sector inside out, which draws as a full circle.
 */
export function sectorAngles(tokens: readonly Token[], index: number): [number, number] {
  const span = (spanOf(tokens, index) / RING_SIZE) * TAU
  const end = angleOf(tokens[index]!.position)
  const gap = Math.min(GAP, span / 5)
  return [end - span + gap / 2, end - gap / 2]
}

/** A sector of a ring as the data of an SVG path. */
export function sectorPath(from: number, to: number, inner: number, outer: number): string {
  const large = to - from > Math.PI ? 1 : 0
  return [
    `M${text(pointAt(from, outer))}`,
    `A${outer} ${outer} 0 ${large} 1 ${text(pointAt(to, outer))}`,
    `L${text(pointAt(to, inner))}`,
    `A${inner} ${inner} 0 ${large} 0 ${text(pointAt(from, inner))}Z`,
  ].join('')
}

/** An arc, clockwise from one angle to another. */
export function arcPath(from: number, to: number, radius: number): string {
  const span = (((to - from) % TAU) + TAU) % TAU
  const large = span > Math.PI ? 1 : 0
  return `M${text(pointAt(from, radius))}A${radius} ${radius} 0 ${large} 1 ${text(pointAt(to, radius))}`
}

/** A curve between two points that bends towards the centre. */
export function curvePath(from: Point, to: Point): string {
  const middle = { x: (from.x + to.x) * 0.2, y: (from.y + to.y) * 0.2 }
  return `M${text(from)}Q${text(middle)} ${text(to)}`
}

/** The same angles, in the same order, moved as little as leaves `least` between any two. */
export function apart(angles: readonly number[], least: number): number[] {
  const order = angles.map((angle, i) => ({ angle, i })).sort((a, b) => a.angle - b.angle)
  const room = Math.min(least, TAU / Math.max(1, order.length))
  for (let round = 0; round < 64; round++) {
    order.forEach((one, k) => {
      const next = order[(k + 1) % order.length]!
      const lap = k + 1 === order.length ? TAU : 0
      const push = one === next ? 0 : (room - (next.angle + lap - one.angle)) / 2
      if (push > 1e-6) {
        one.angle -= push
        next.angle += push
      }
    })
  }
  const result = Array.from({ length: angles.length }, () => 0)
  for (const { angle, i } of order) result[i] = angle
  return result
}
