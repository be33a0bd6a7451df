import UPlot from 'uplot'
import { alone } from './strokes'

export interface Line {
  readonly label: string
  /** A theme variable, such as `--w0`. */
  readonly colour: string
  readonly unit: string
  readonly dashed?: boolean
  readonly filled?: boolean
}

/** A moment worth a line across the chart, in seconds since 1970. */
export interface Mark {
  readonly at: number
  readonly text: string
}

/** Whole seconds and more between two labels of time. */
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200]
/** A page that was just opened has little to show; it is not drawn out over the whole width. */
const LEAST_SECONDS = 60
const FONT = '11px "Inter Variable", sans-serif'

function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim()
}

const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 })

function drawMarks(plot: UPlot, marks: readonly Mark[]): void {
  const { ctx, bbox } = plot
  const colour = token('--bad')
  for (const mark of marks) {
    const x = plot.valToPos(mark.at, 'x', true)
    if (x < bbox.left || x > bbox.left + bbox.width) continue
    ctx.save()
    ctx.strokeStyle = colour
    ctx.fillStyle = colour
    ctx.setLineDash([4, 4])
    ctx.beginPath()
    ctx.moveTo(x, bbox.top)
    ctx.lineTo(x, bbox.top + bbox.height)
    ctx.stroke()
    ctx.textAlign = x > bbox.left + bbox.width / 2 ? 'right' : 'left'
    ctx.font = `600 ${11 * devicePixelRatio}px "Inter Variable", sans-serif`
    ctx.fillText(` ${mark.text} `, x, bbox.top + 10 * devicePixelRatio)
    ctx.restore()
  }
}

/** How a chart looks in the theme of now; colours are read from it, as a canvas knows no variables. */
export function optionsOf(
  lines: readonly Line[],
  marks: () => readonly Mark[],
  utc: boolean,
): Omit<UPlot.Options, 'width' | 'height'> {
  const grid = { stroke: token('--line'), width: 1 }
  const axis = { stroke: token('--ink-3'), font: FONT, grid, ticks: { show: false } }
  return {
    legend: { show: false },
    cursor: { points: { size: 6 }, drag: { x: false, y: false } },
    padding: [12, 24, 0, 0],
    tzDate: (seconds) =>
      utc ? UPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC') : new Date(seconds * 1000),
    scales: {
      x: { range: (_, from, to) => [Math.min(from, to - LEAST_SECONDS), to] },
      y: { range: (_, __, most) => [0, most > 0 ? most * 1.15 : 10] },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        space: 80,
        size: 30,
        incrs: STEPS,
        values: '{HH}:{mm}:{ss}' as unknown as UPlot.Axis.Values,
      },
      {
        ...axis,
        size: 44,
        values: (_, splits) => splits.map((value) => compact.format(value).replace('K', 'k')),
      },
    ],
    series: [
      {},
      ...lines.map((line) => ({
        label: line.label,
        stroke: token(line.colour),
        width: 1.5,
        // A sample between two gaps would be a line without length.
        points: { show: false, size: 3, filter: (plot: UPlot, i: number) => alone(plot.data[i]!) },
        ...(line.dashed ? { dash: [5, 4] } : {}),
        ...(line.filled ? { fill: `${token(line.colour)}22` } : {}),
      })),
    ],
    hooks: { draw: [(plot) => drawMarks(plot, marks())] },
  }
}
