/* Which tasks are whose, as the server last said: kept on the device, for where there is no network. */
import { computed, shallowRef, watch } from 'vue'
import { api } from '../../api/client'
import { answerOf, problemOf } from '../../api/problem'
import type { VerificationTask } from '../../api/types'
import { account } from '../../session'

/** What is kept of a task. */
export interface Claim { mine: boolean; handed: boolean; until: string | null }
interface Held { at: string; tasks: Record<string, Claim> }

const MOST = 200
const keyOf = (owner: number): string => `zhoubian-claims-${owner}`

const held = shallowRef<Held | null>(null)

function kept(owner: number): Held | null {
  try {
    return JSON.parse(localStorage.getItem(keyOf(owner)) ?? 'null') as Held | null
  } catch {
    return null
  }
}

function keep(owner: number, next: Held): void {
  held.value = next
  // Without room it is asked again the next time.
  try { localStorage.setItem(keyOf(owner), JSON.stringify(next)) } catch { return }
}

watch(() => account.value?.id, (owner) => { held.value = owner === undefined ? null : kept(owner) }, { immediate: true })

/** When the server last said whose tasks are whose. */
export const claimsAt = computed(() => held.value?.at ?? null)

const claimOf = ({ mine, handed, taken_until }: VerificationTask): Claim => ({ mine, handed, until: taken_until })

/** Asks which tasks are offered and whose they are; what is held stays when there is no answer. */
export async function freshenClaims(): Promise<void> {
  const who = account.value
  if (who?.role !== 'inspector') return
  const page = await answerOf(api.GET('/verification-tasks', { params: { query: { limit: MOST } } })).catch(() => null)
  if (!page || account.value?.id !== who.id) return
  const items = page.items as VerificationTask[]
  keep(who.id, { at: page.at, tasks: Object.fromEntries(items.map((task) => [String(task.issue), claimOf(task)])) })
}

/** Takes a task, or gives it back; the code of what stood in the way, or null. */
export async function claim(issue: number, takes: boolean): Promise<string | null> {
  const params = { path: { issue } }
  try {
    const task = (takes
      ? await answerOf(api.POST('/verification-tasks/{issue}:take', { params }))
      : await answerOf(api.POST('/verification-tasks/{issue}:give-back', { params }))) as VerificationTask
    const owner = account.value?.id
    if (owner !== undefined) keep(owner, { at: held.value?.at ?? new Date(0).toISOString(), tasks: { ...held.value?.tasks, [String(issue)]: claimOf(task) } })
    return null
  } catch (thrown) {
    void freshenClaims()
    return problemOf(thrown).code
  }
}

/** What is known of whose a task is: `others` where the server did not offer what was done before it was asked. */
export function standingOf(issue: number, rectifiedAt: string | null | undefined, nowMs: number, from: Held | null = held.value): { word: 'mine' | 'lapsed' | 'free' | 'others' | 'unknown'; claim: Claim | null } {
  const known = from?.tasks[String(issue)]
  if (known?.mine) return { word: known.until !== null && Date.parse(known.until) <= nowMs ? 'lapsed' : 'mine', claim: known }
  if (known) return { word: 'free', claim: known }
  const isFull = Object.keys(from?.tasks ?? {}).length >= MOST
  if (from === null || isFull || (rectifiedAt ?? '') > from.at) return { word: 'unknown', claim: null }
  return { word: 'others', claim: null }
}
