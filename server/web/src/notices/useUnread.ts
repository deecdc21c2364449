import { onBeforeUnmount, ref, watch } from 'vue'
import { account } from '../session'
import { listNotices } from './noticeCalls'

/** How many notices the reader has not read; shared by the bell and the page. */
export const unread = ref(0)

const EVERY_MS = 60_000

/** Whether somebody has notices at all. */
export function hasNotices(): boolean {
  return account.value?.role === 'bureau' || account.value?.role === 'office'
}

/** Asks now and then while the page is looked at; a lost network is told by the pages themselves. */
export function useUnread(): void {
  async function ask(): Promise<void> {
    if (!hasNotices() || document.hidden) return
    try {
      unread.value = (await listNotices({ limit: 1 })).unread
    } catch {
      // The next time.
    }
  }
  const timer = window.setInterval(() => { void ask() }, EVERY_MS)
  const look = (): void => { void ask() }
  document.addEventListener('visibilitychange', look)
  watch(account, (now) => { unread.value = 0; if (now) void ask() }, { immediate: true })
  onBeforeUnmount(() => { window.clearInterval(timer); document.removeEventListener('visibilitychange', look) })
}
