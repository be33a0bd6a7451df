import { onBeforeUnmount, onMounted } from 'vue'
import { useRouter } from 'vue-router'
import { toggleTheme } from './theme'

/** What a key does after `g`. */
export const PLACES: ReadonlyMap<string, string> = new Map([
  ['o', '/'],
  ['r', '/ring'],
  ['n', '/nodes'],
  ['k', '/keys'],
  ['c', '/console'],
  ['m', '/metrics'],
  ['a', '/activity'],
  ['d', '/docs'],
  ['s', '/settings'],
])

const SECOND_KEY_WITHIN = 1_500

function isTyping(target: EventTarget | null): boolean {
  const element = target instanceof Element ? target : null
  return element?.closest('input, textarea, select, [contenteditable], dialog') != null
}

/** The keyboard of the whole page. Single keys do nothing while somebody types. */
export function useShortcuts(actions: { search(): void; help(): void }): void {
  const router = useRouter()
  let goneAt = -Infinity

  const single: ReadonlyMap<string, () => void> = new Map([
    ['/', actions.search],
    ['?', actions.help],
    ['t', toggleTheme],
  ])

  function press(event: KeyboardEvent): void {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
      event.preventDefault()
      actions.search()
      return
    }
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
    const place = PLACES.get(event.key)
    if (place !== undefined && event.timeStamp - goneAt < SECOND_KEY_WITHIN) {
      goneAt = -Infinity
      void router.push(place)
      return
    }
    if (event.key === 'g') goneAt = event.timeStamp
    const action = single.get(event.key)
    if (!action) return
    event.preventDefault()
    action()
  }

  onMounted(() => window.addEventListener('keydown', press))
  onBeforeUnmount(() => window.removeEventListener('keydown', press))
}
