import { watch } from 'vue'
import { account, must } from '../../session'
import { outboxStore } from './opened'
import { sendingItem, photoProgress } from './progress'
import { round, type Next } from './round'
import { inTurn } from './turn'
import { wire } from './wire'
import { hasten } from './writing'

/** While another tab is at it, this one looks again after so long. */
const OTHER_TAB_MS = 10_000
const LONGEST_MS = 600_000

let timer: ReturnType<typeof setTimeout> | undefined
let running = false
let asked = false

async function once(owner: number): Promise<Next> {
  let next: Next = null
  const worked = await inTurn(outboxStore, async (isMine) => {
    const means = { store: outboxStore, wire, isMine, onProgress: (photo: string, bytes: number) => { photoProgress.set(photo, bytes) } }
    next = await round(means, owner, (id) => { sendingItem.value = id })
  })
  return worked ? next : OTHER_TAB_MS
}

/** Sends what is due, and comes back when more is. */
async function run(): Promise<void> {
  clearTimeout(timer)
  const owner = account.value?.id
  if (owner === undefined || must.value.length > 0) return
  if (running) {
    asked = true
    return
  }
  running = true
  let next: Next = OTHER_TAB_MS
  try {
    next = await once(owner)
  } catch {
    // The store failed, such as in a private window that closes it: it is looked at again.
  } finally {
    running = false
  }
  if (asked) next = 0
  asked = false
  if (next !== null) timer = setTimeout(() => void run(), Math.min(next, LONGEST_MS))
}

/** Has what waits go out now: something was added, its owner asks, the network is back. */
export function sendNow(): void {
  void run()
}

/** The same, and at once: what waits because nobody could be reached is tried without its pause. */
function sendAgain(): void {
  const owner = account.value?.id
  if (owner === undefined) return
  hasten(outboxStore, owner).then(sendNow, sendNow)
}

/** Begins to send, and to look again whenever something may have changed. */
export function startSending(): void {
  window.addEventListener('online', sendAgain)
  window.addEventListener('pageshow', sendAgain)
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') sendAgain()
  })
  watch([account, must], sendNow, { immediate: true })
}
