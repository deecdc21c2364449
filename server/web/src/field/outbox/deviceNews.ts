import { watch } from 'vue'
import { BASE } from '../../api/transport'
import { account, authorisedFetch } from '../../session'
import { unsent } from '.'
import type { OutboxItem } from './shapes'

/** Changes that come one upon the other are told once. */
const SETTLE_MS = 3_000

let timer: ReturnType<typeof setTimeout> | undefined
let told = ''
let isKnown = true

async function tell(owner: number, waiting: OutboxItem[]): Promise<void> {
  const oldest = Math.min(...waiting.map(({ made_at }) => made_at))
  const body = JSON.stringify({ unsent: waiting.length, ...(waiting.length === 0 ? {} : { oldest_unsent_at: new Date(oldest).toISOString() }) })
  if (body === told || !isKnown) return
  const request = new Request(`${BASE}/me/device`, { method: 'PUT', body, headers: { 'Content-Type': 'application/json' }, redirect: 'manual' })
  const response = await authorisedFetch(request, owner).catch(() => null)
  if (response?.status === 204) told = body
  // An older server does not ask for it.
  if (response?.status === 404) isKnown = false
}

/** Tells the office how much waits on this device, so that somebody can be asked to find a signal. */
export function startTelling(): void {
  watch([() => account.value?.id, unsent], ([owner, waiting]) => {
    clearTimeout(timer)
    if (owner !== undefined) timer = setTimeout(() => void tell(owner, waiting), SETTLE_MS)
  }, { immediate: true })
  window.addEventListener('online', () => {
    const owner = account.value?.id
    if (owner !== undefined) void tell(owner, unsent.value)
  })
}
