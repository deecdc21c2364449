import { endOfDay, instantOf, localOf } from '../clock'
import { periodOf } from '../figures/period'
import type { BulletinKind } from './bulletin'

const DAY_MS = 86_400_000

/** The first and the last day of a period, as fields of the page have them. */
export interface Days { first: string; last: string }

const dayOf = (ms: number): string => localOf(ms).slice(0, 10)

/** What each kind is usually of: the day before, the week before from Monday on, this month. */
export function usualDays(kind: BulletinKind, now: number): Days {
  const today = endOfDay(now) - DAY_MS
  if (kind === 'daily') return { first: dayOf(today - DAY_MS), last: dayOf(today - DAY_MS) }
  if (kind === 'weekly') {
    const weekday = (new Date(`${dayOf(today)}T00:00:00Z`).getUTCDay() + 6) % 7
    const monday = today - (weekday + 7) * DAY_MS
    return { first: dayOf(monday), last: dayOf(monday + 6 * DAY_MS) }
  }
  const month = periodOf('month', now)
  return { first: dayOf(month.from), last: dayOf(month.to - 1) }
}

/** The days as the API has them, the end outside; null while they are none. */
export function boundsOf({ first, last }: Days): { from: string; to: string } | null {
  if (first === '' || last === '' || last < first) return null
  const end = Date.parse(instantOf(`${last}T00:00`)) + DAY_MS
  return { from: instantOf(`${first}T00:00`), to: new Date(end).toISOString() }
}

/** A period by its first and its last day. */
export function daysOf({ from, to }: { from: string; to: string }): Days {
  return { first: dayOf(Date.parse(from)), last: dayOf(Date.parse(to) - 1) }
}
