import { shallowRef } from 'vue'

/*
 * The code of a hand-over comes behind the `#`, which browsers send to nobody. It is taken out of
 * the address at once, so that it stays in no history, bookmark or picture of the screen.
 */

/** The code this tab was opened with, until it is used. */
export const handoverCode = shallowRef<string | null>(null)

/** Takes the code out of a fragment and of the address bar; false when there was none. */
export function takeCode(fragment: string): boolean {
  if (fragment.length < 2) return false
  handoverCode.value = fragment.slice(1)
  history.replaceState(history.state, '', location.pathname + location.search)
  return true
}
