import { ref, watch, type Ref } from 'vue'

/**
 * Which of the things found is chosen, by its place: the first one of every new text. When the list
 * changes under the same text, as it may with each snapshot, it stays with the thing.
 */
export function useChoice(found: Ref<readonly { readonly id: string }[]>, text: Ref<string>) {
  const at = ref(0)
  watch([text, found] as const, ([wanted, now], [before, former]) => {
    if (wanted !== before) {
      at.value = 0
      return
    }
    const place = now.findIndex(({ id }) => id === former[at.value]?.id)
    at.value = place >= 0 ? place : Math.max(0, Math.min(at.value, now.length - 1))
  })
  return at
}
