import { onBeforeUnmount, onMounted } from 'vue'

/** Keeps the screen lit while the page is shown; a browser without it, or that refuses, goes on as it is. */
export function useWakeLock(): void {
  let lock: WakeLockSentinel | null = null
  async function take(): Promise<void> {
    if (document.hidden || !('wakeLock' in navigator)) return
    lock = await navigator.wakeLock.request('screen').catch(() => null)
  }
  const again = (): void => void take()
  onMounted(() => {
    void take()
    document.addEventListener('visibilitychange', again)
  })
  onBeforeUnmount(() => {
    document.removeEventListener('visibilitychange', again)
    void lock?.release()
  })
}
