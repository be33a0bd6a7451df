import { useToasts } from '../../cluster/toasts'

/** Copies a text and says so, or that this browser does not let it. */
export function useClipboard(): (text: string, what: string) => Promise<void> {
  const notes = useToasts()
  return async (text, what) => {
    if (await copied(text)) notes.say('ok', `Copied ${what}`)
    else notes.say('bad', 'This browser keeps its clipboard from this page; nothing was copied.')
  }
}

/** Browsers lend the clipboard itself to pages of this machine or with TLS only. */
async function copied(text: string): Promise<boolean> {
  if (!navigator.clipboard) return copiedFromSelection(text)
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copiedFromSelection(text)
  }
}

/** The way of before, which needs a field to select the text in, within the dialog that is open. */
function copiedFromSelection(text: string): boolean {
  const focused = document.activeElement
  const field = document.createElement('textarea')
  field.value = text
  field.style.position = 'fixed'
  field.style.opacity = '0'
  ;(focused?.closest('dialog') ?? document.body).append(field)
  field.select()
  try {
    return document.execCommand('copy')
  } catch {
    return false
  } finally {
    field.remove()
    if (focused instanceof HTMLElement) focused.focus()
  }
}
