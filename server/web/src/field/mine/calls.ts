import type { components } from '../../api/schema'
import type { Stage } from '../../api/types'
import { ApiProblem, problemIn } from '../../api/problem'
import { BASE } from '../../api/transport'
import { account, authorisedFetch } from '../../session'

/*
 * What a person sent and what came of it. The last answer stays on the device, so that a screen has
 * something to show without a network, and says from when.
 */

/** A report of one's own, and the issue it opened or joined; null where there is none to see. */
export type MyReport = Omit<components['schemas']['OwnReport'], 'issue'> & { issue: (components['schemas']['OwnIssue'] & { stage: Stage }) | null }
export interface MyReports { reports: MyReport[]; next: string | null }

/** 投诉建议, with the office's answer where there is one. */
export type MySuggestion = components['schemas']['Suggestion']

/** An answer, and when it was given. */
export interface Told<T> { value: T; at: string; isOld: boolean }

function keyOf(path: string): string {
  return `zhoubian.told.${account.value?.id ?? 0}.${path}`
}

async function askFor<T>(path: string): Promise<T> {
  // A captive portal redirects.
  const response = await authorisedFetch(new Request(`${BASE}${path}`, { redirect: 'manual' }))
  if (!response.ok) throw await problemIn(response)
  const body: unknown = await response.json().catch(() => null)
  // Or it answers 200 with a page of its own.
  if (typeof body !== 'object' || body === null) throw new ApiProblem(0, 'unreachable', '', '', '')
  return body as T
}

/** The server's answer, kept; what was kept, where no answer comes. */
async function told<T>(path: string): Promise<Told<T>> {
  try {
    const value = await askFor<T>(path)
    const at = new Date().toISOString()
    // A device without room still shows what it was told.
    try { localStorage.setItem(keyOf(path), JSON.stringify({ value, at })) } catch { localStorage.removeItem(keyOf(path)) }
    return { value, at, isOld: false }
  } catch (thrown) {
    const kept = localStorage.getItem(keyOf(path))
    if (!(thrown instanceof ApiProblem && thrown.answerLost) || kept === null) throw thrown
    return { ...(JSON.parse(kept) as { value: T; at: string }), isOld: true }
  }
}

const PAGE = 20
const LATEST = `/me/reports?limit=${PAGE}`

/** The newest of one's own reports. */
export function latestReports(): Promise<Told<MyReports>> {
  return told(LATEST)
}

/** When one's reports were told last, milliseconds since 1970. */
export function toldAt(): number {
  const kept = localStorage.getItem(keyOf(LATEST))
  return kept === null ? 0 : Date.parse((JSON.parse(kept) as { at: string }).at)
}

/** Those before. */
export function earlierReports(after: string): Promise<MyReports> {
  return askFor(`/me/reports?limit=${PAGE}&after=${encodeURIComponent(after)}`)
}

/** What one suggested. */
export function mySuggestions(): Promise<Told<{ items: MySuggestion[] }>> {
  return told('/me/suggestions')
}
