type Point = readonly [x: number, y: number]

/** The strokes of a small chart in a box of this size, one between each two gaps. */
export function strokesOf(
  times: readonly number[],
  values: readonly (number | null)[],
  width: number,
  height: number,
): Point[][] {
  const most = Math.max(0, ...values.map((value) => value ?? 0))
  const [from, to] = [times[0] ?? 0, times.at(-1) ?? 0]
  const x = (at: number): number => (to > from ? ((at - from) / (to - from)) * width : 0)
  const y = (value: number): number => height - 2 - (most === 0 ? 0 : (value / most) * (height - 6))
  const strokes: Point[][] = []
  let isOpen = false
  values.forEach((value, i) => {
    if (value !== null) {
      if (!isOpen) strokes.push([])
      strokes.at(-1)!.push([x(times[i]!), y(value)])
    }
    isOpen = value !== null
  })
  // A page that was just opened has one moment to show, and draws it over the whole width.
  const only = strokes[0]?.[0]
  return only && values.length === 1 ? [[only, [width, only[1]]]] : strokes
}

/** Where a value stands between two that are missing, or null where no one does. */
export function alone(values: ArrayLike<number | null | undefined>): number[] | null {
  const found: number[] = []
  for (let i = 0; i < values.length; i++) {
    const isAlone = values[i] != null && values[i - 1] == null && values[i + 1] == null
    if (isAlone) found.push(i)
  }
  return found.length > 0 ? found : null
}
