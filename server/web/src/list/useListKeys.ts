import { onActivated, onBeforeUnmount, onDeactivated, onMounted } from 'vue'

/** What each key of the list does. */
export interface ListKeys {
  next: () => void
  previous: () => void
  toggle: () => void
  accept: () => void
  giveBack: () => void
  open: () => void
  search: () => void
  fresh: () => void
  clear: () => void
  help: () => void
}

const KEYS: Record<string, keyof ListKeys> = {
  j: 'next', ArrowDown: 'next', k: 'previous', ArrowUp: 'previous', x: 'toggle', a: 'accept', r: 'giveBack',
  Enter: 'open', '/': 'search', n: 'fresh', Escape: 'clear', '?': 'help',
}

/** Whoever types into a field or works in a dialog does not mean the list. */
function elsewhere(target: EventTarget | null): boolean {
  if (document.querySelector('[role=dialog]:not([aria-hidden=true]), dialog[open]')) return true
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) && !isTick(target)
}

function isTick(target: HTMLElement): boolean {
  return target instanceof HTMLInputElement && target.type === 'checkbox'
}

/** Keys that a link or a button has a use of its own for. */
function isOwn(key: string, target: EventTarget | null): boolean {
  return key === 'Enter' && target instanceof HTMLElement && target.closest('a, button') !== null
}

/** Works the list by the keyboard while its page is shown. */
export function useListKeys(keys: ListKeys): void {
  function press(event: KeyboardEvent): void {
    const word = KEYS[event.key]
    if (!word || event.metaKey || event.ctrlKey || event.altKey || event.isComposing) return
    if (elsewhere(event.target) || isOwn(event.key, event.target)) return
    event.preventDefault()
    keys[word]()
  }
  const on = (): void => { document.addEventListener('keydown', press) }
  const off = (): void => { document.removeEventListener('keydown', press) }
  onMounted(on)
  onActivated(on)
  onDeactivated(off)
  onBeforeUnmount(off)
}
