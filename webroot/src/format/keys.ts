/** What shows nothing or moves what stands beside it: controls, formats, bidi, blanks of other widths. */
const UNSEEN =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Zs}/gu
/** What a key may hold itself and would then read like an escape or a mark of this page. */
const AMBIGUOUS = /\\(?=u[0-9a-f{])|␠/g
const BLANKS = /^ +| +$| {2,}/g

function escaped(char: string): string {
  const hex = char.codePointAt(0)!.toString(16)
  return hex.length > 4 ? `\\u{${hex}}` : `\\u${hex.padStart(4, '0')}`
}

/** A key to look at, so that no two look the same for what cannot be seen; never to send or copy. */
export function shownKey(key: string): string {
  return key
    .replace(AMBIGUOUS, escaped)
    .replace(UNSEEN, escaped)
    .replace(BLANKS, (blanks) => '␠'.repeat(blanks.length))
}
