import { newId } from '../../api/newId'
import type { OutboxStore } from './store'

const NAME = 'zhoubian-outbox'
const LEASE_MS = 15_000
const RENEW_MS = 5_000
/** A tab that holds its turn for so long while another is looked at may be frozen. */
const PATIENCE_MS = 90_000

const me = newId()
let inVainSince: number | null = null

/** Work that is done in one tab at a time; it stops when the turn is no longer its own. */
export type Work = (isMine: () => boolean) => Promise<void>

/** One tab at a time, by the browser's locks, which end with the tab that holds them. */
async function byLock(locks: LockManager, work: Work): Promise<boolean> {
  const steal = inVainSince !== null && Date.now() - inVainSince > PATIENCE_MS
  const options: LockOptions = steal ? { steal: true } : { ifAvailable: true }
  let mine = true
  const had = locks.request(NAME, options, async (lock) => {
    if (lock === null) return false
    inVainSince = null
    await work(() => mine)
    return true
  })
  try {
    const worked = await had
    if (!worked) inVainSince ??= Date.now()
    return worked
  } catch (thrown) {
    mine = false
    // Another tab took the turn over.
    if (thrown instanceof DOMException && thrown.name === 'AbortError') return false
    throw thrown
  }
}

async function lease(store: OutboxStore, holder: string): Promise<boolean> {
  return store.transaction('rw', store.leases, async () => {
    const held = await store.leases.get(NAME)
    const now = Date.now()
    // One that ends too far ahead was written before the clock was set back.
    const isHeld = held !== undefined && held.holder !== holder && held.until > now && held.until <= now + LEASE_MS
    if (!isHeld) await store.leases.put({ name: NAME, holder, until: now + LEASE_MS })
    return !isHeld
  })
}

/** One tab at a time, by a record that its holder renews. */
async function byLease(store: OutboxStore, work: Work, holder: string): Promise<boolean> {
  if (!(await lease(store, holder))) return false
  let mine = true
  const timer = setInterval(() => {
    lease(store, holder).then((still) => { mine &&= still }, () => { mine = false })
  }, RENEW_MS)
  try {
    await work(() => mine)
    return true
  } finally {
    clearInterval(timer)
    await store.transaction('rw', store.leases, async () => {
      if ((await store.leases.get(NAME))?.holder === holder) await store.leases.delete(NAME)
    })
  }
}

/** Works if no other tab does; whether it did. Older web views have no locks. */
export function inTurn(store: OutboxStore, work: Work, locks: LockManager | null = (navigator.locks as LockManager | undefined) ?? null, holder = me): Promise<boolean> {
  return locks === null ? byLease(store, work, holder) : byLock(locks, work)
}
