/** MD5 of bytes, or of a text in UTF-8 (RFC 1321). Web Crypto has none, and the ring is made of it. */
const SHIFTS = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21]
const SINES = Uint32Array.from({ length: 64 }, (_, i) => Math.abs(Math.sin(i + 1)) * 2 ** 32)

function padded(content: string | Uint8Array): DataView {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  const blocks = Math.floor((bytes.length + 8) / 64) + 1
  const view = new DataView(new ArrayBuffer(blocks * 64))
  new Uint8Array(view.buffer).set(bytes)
  view.setUint8(bytes.length, 0x80)
  view.setUint32(blocks * 64 - 8, bytes.length * 8, true)
  view.setUint32(blocks * 64 - 4, Math.floor(bytes.length / 2 ** 29), true)
  return view
}

function mix(round: number, b: number, c: number, d: number): number {
  if (round === 0) return (b & c) | (~b & d)
  if (round === 1) return (d & b) | (~d & c)
  if (round === 2) return b ^ c ^ d
  return c ^ (b | ~d)
}

function wordOf(round: number, i: number): number {
  return (round === 0 ? i : round === 1 ? 5 * i + 1 : round === 2 ? 3 * i + 5 : 7 * i) % 16
}

function compress(state: Uint32Array, view: DataView, block: number): void {
  let [a, b, c, d] = state as unknown as [number, number, number, number]
  for (let i = 0; i < 64; i++) {
    const round = i >> 4
    const word = view.getUint32(block + 4 * wordOf(round, i), true)
    const sum = (mix(round, b, c, d) + a + SINES[i]! + word) | 0
    const shift = SHIFTS[round * 4 + (i % 4)]!
    ;[a, d, c] = [d, c, b]
    b = (b + ((sum << shift) | (sum >>> (32 - shift)))) | 0
  }
  state[0]! += a
  state[1]! += b
  state[2]! += c
  state[3]! += d
}

/** The 16 bytes of the digest. */
export function md5(content: string | Uint8Array): Uint8Array {
  const view = padded(content)
  const state = Uint32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476)
  for (let block = 0; block < view.byteLength; block += 64) compress(state, view, block)
  const digest = new DataView(new ArrayBuffer(16))
  state.forEach((word, i) => digest.setUint32(4 * i, word, true))
  return new Uint8Array(digest.buffer)
}

/** Where a text lies on the ring: the first four bytes of its digest, big-endian, unsigned. */
export function positionOf(text: string): number {
  return new DataView(md5(text).buffer).getUint32(0)
}
