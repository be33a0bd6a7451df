/** How long something lasted or is ago: `0.9 s`, `22 s`, `4 m 10 s`, `3 h`, `2 d`. */
export function span(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000
  if (seconds < 10) return `${seconds.toFixed(1)} s`
  if (seconds < 60) return `${Math.floor(seconds)} s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} m ${Math.floor(seconds % 60)} s`
  if (seconds < 48 * 3600) return `${Math.floor(seconds / 3600)} h`
  return `${Math.floor(seconds / 86400)} d`
}

/** A time of day as people read it: `4:43:19 PM`. */
export function clock(milliseconds: number): string {
  return new Date(milliseconds).toLocaleTimeString('en-US')
}

/**
 * The end of a version that tells two apart at a glance. A version is 48 bits of milliseconds and 16
 * of a counter, then the worker that gave it.
 */
export function shortVersion(version: string): string {
  const match = /^([0-9a-f]{12})([0-9a-f]{4})-(\d+)$/.exec(version)
  if (!match) return version.length > 10 ? `${version.slice(0, 9)}…` : version
  const counter = Number.parseInt(match[2]!, 16)
  return match[1]!.slice(-4) + (counter === 0 ? '' : `.${counter}`)
}

/** When a version was given, in milliseconds since 1970; NaN for what is no version. */
export function versionTime(version: string): number {
  return /^[0-9a-f]{16}-\d+$/.test(version) ? Number.parseInt(version.slice(0, 12), 16) : Number.NaN
}
