import { endOfDay } from '../clock'

/** The periods that figures are asked for. */
export const PERIODS = ['today', 'week', 'days30', 'month', 'lastMonth'] as const
export type PeriodWord = (typeof PERIODS)[number]

/** From the first instant to the end, which is outside; milliseconds since 1970. */
export interface Period { from: number; to: number }

const DAY_MS = 86_400_000
const DISTRICT_OFFSET_MS = 8 * 3_600_000

/** The district's midnight that begins the month `back` months before that of `now`. */
function monthBegins(now: number, back: number): number {
  const here = new Date(now + DISTRICT_OFFSET_MS)
  return Date.UTC(here.getUTCFullYear(), here.getUTCMonth() - back, 1) - DISTRICT_OFFSET_MS
}

/** Whole days of the district; what goes on ends with today. */
export function periodOf(word: PeriodWord, now: number): Period {
  const to = endOfDay(now)
  if (word === 'today') return { from: to - DAY_MS, to }
  if (word === 'week') return { from: to - 7 * DAY_MS, to }
  if (word === 'days30') return { from: to - 30 * DAY_MS, to }
  return word === 'month' ? { from: monthBegins(now, 0), to } : { from: monthBegins(now, 1), to: monthBegins(now, 0) }
}

/** So many stretches are drawn at most: each is a question to the server. */
const STRETCHES = 10

/** The period in stretches of whole days, as even as they come, in order and without gaps. */
export function stretchesOf({ from, to }: Period): Period[] {
  const days = Math.round((to - from) / DAY_MS)
  const count = Math.min(days, STRETCHES)
  const edge = (at: number): number => from + Math.round((days * at) / count) * DAY_MS
  return Array.from({ length: count }, (_, at) => ({ from: edge(at), to: edge(at + 1) }))
}
