const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })
const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB']

export interface Amount {
  readonly value: string
  readonly unit: string
}

export function count(n: number): string {
  return whole.format(n)
}

/** A rate: one decimal below ten. */
export function rate(n: number): string {
  return n > 0 && n < 10 ? n.toFixed(1) : count(n)
}

export function bytes(n: number): Amount {
  let value = n
  let unit = 0
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024
    unit++
  }
  return { value: unit === 0 ? count(value) : value.toFixed(1), unit: UNITS[unit]! }
}

export function bytesText(n: number): string {
  const amount = bytes(n)
  return `${amount.value} ${amount.unit}`
}

/** Milliseconds; nothing measured is a dash. */
export function millis(n: number): string {
  if (n <= 0) return '–'
  return n >= 100 ? count(n) : n.toFixed(1)
}

/** A part of one as a percentage; a trace of something never reads as nothing or as all. */
export function percent(part: number): string {
  if (part > 0 && part < 0.001) return '<0.1%'
  if (part < 1 && part > 0.999) return '>99.9%'
  const text = (part * 100).toFixed(1)
  return `${text.endsWith('.0') ? text.slice(0, -2) : text}%`
}

export function hex32(position: number): string {
  return `0x${position.toString(16).padStart(8, '0')}`
}

export function plural(n: number, word: string): string {
  return `${count(n)} ${word}${n === 1 ? '' : 's'}`
}
