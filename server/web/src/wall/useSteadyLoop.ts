import { onBeforeUnmount, ref } from 'vue'

/** Waits after a failure, ms: soon at first, then once a minute. */
export const waitAfter = (failures: number): number => Math.min(60_000, 5_000 * 2 ** (failures - 1))

/** An answer that does not come within this is a failure: a line can die without a word. */
const PATIENCE_MS = 45_000

function inTime<T>(work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => { reject(new Error('no answer in time')) }, PATIENCE_MS)
    work.then(resolve, reject).finally(() => { clearTimeout(timer) })
  })
}

/**
 * Does something again and again for days: one timer at a time, one run at a time, after failures
 * with growing waits, and at once when the network or the screen comes back.
 */
export function useSteadyLoop(work: () => Promise<unknown>, everyMs: number) {
  const runs = ref(0)
  const failures = ref(0)
  let timer: ReturnType<typeof setTimeout> | undefined
  let running = false
  let over = false

  async function run(): Promise<void> {
    if (running || over) return
    clearTimeout(timer)
    running = true
    try {
      await inTime(work())
      failures.value = 0
      runs.value += 1
    } catch {
      failures.value += 1
    } finally {
      running = false
      if (!over) timer = setTimeout(() => void run(), failures.value === 0 ? everyMs : waitAfter(failures.value))
    }
  }

  const onOnline = (): void => void run()
  const onVisible = (): void => { if (!document.hidden) void run() }
  window.addEventListener('online', onOnline)
  document.addEventListener('visibilitychange', onVisible)
  onBeforeUnmount(() => {
    over = true
    clearTimeout(timer)
    window.removeEventListener('online', onOnline)
    document.removeEventListener('visibilitychange', onVisible)
  })

  return { runs, failures, run }
}
