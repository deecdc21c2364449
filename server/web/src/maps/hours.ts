/*
 * Hours that come back every week, as the reference data writes them: `mon-fri 17:00-22:00`,
 * `sat,sun 09:00-24:00`, `daily 18:00-01:00`. Hours that end no later than they begin end the day after.
 * The same reading as the server's, which alone decides on a report.
 */

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
const DAY = 24 * 60
const WEEK = 7 * DAY

export interface WeeklyRange {
  /** Monday first, as numbers. */
  days: number[]
  /** Minutes after midnight. */
  from: number
  /** Minutes after the same midnight: above a day's where it ends the day after. */
  until: number
}

function daysOf(text: string): number[] | null {
  if (text === 'daily') return [0, 1, 2, 3, 4, 5, 6]
  const index = (word: string) => DAYS.indexOf(word as (typeof DAYS)[number])
  const days = text.split(',').flatMap((part) => {
    const [first = '', last = first] = part.split('-')
    const [from, to] = [index(first), index(last)]
    if (from < 0 || to < 0) return [-1]
    return Array.from({ length: ((to - from + 7) % 7) + 1 }, (_, step) => (from + step) % 7)
  })
  return days.includes(-1) ? null : [...new Set(days)].sort((a, b) => a - b)
}

function minuteOf(text: string | undefined): number | null {
  const [, hour, minute] = /^(\d{1,2}):(\d{2})$/.exec(text ?? '') ?? []
  if (hour === undefined || minute === undefined) return null
  const total = Number(hour) * 60 + Number(minute)
  return Number(minute) < 60 && total <= DAY ? total : null
}

/** Reads one line of hours; null where it cannot be read. */
export function readHours(line: string): WeeklyRange | null {
  const [dayWords = '', span = '', ...more] = line.trim().toLowerCase().split(/\s+/)
  const days = daysOf(dayWords)
  const [from, until] = span.split('-').map(minuteOf)
  if (more.length > 0 || !days || from == null || until == null || from === until || from === DAY) return null
  return { days, from, until: until <= from ? until + DAY : until }
}

/** Whether a place is open, and for how long, or when it opens next; `change` is a minute of the week. */
export interface OpenState {
  open: boolean
  /** The day and minute at which it changes; null where it never does. */
  change: { day: number; minute: number } | null
}

/** Day (Monday 0) and minute of an instant in the district's time. */
export function weekMinute(instant: number, zone = 'Asia/Shanghai'): { day: number; minute: number } {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).formatToParts(instant)
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? ''
  return { day: DAYS.indexOf(part('weekday').toLowerCase() as (typeof DAYS)[number]), minute: Number(part('hour')) * 60 + Number(part('minute')) }
}

/** Where some hours stand at an instant. Lines that cannot be read count as closed. */
export function openAt(lines: string[], instant: number): OpenState {
  const { day, minute } = weekMinute(instant)
  const now = day * DAY + minute
  const spans = lines.flatMap((line) => {
    const range = readHours(line)
    return range ? range.days.map((one) => ({ from: one * DAY + range.from, length: range.until - range.from })) : []
  })
  const isOpen = (at: number) => spans.some(({ from, length }) => (((at - from) % WEEK) + WEEK) % WEEK < length)
  const edges = spans.flatMap(({ from, length }) => [from, from + length]).map((edge) => (((edge - now) % WEEK) + WEEK) % WEEK)
  const open = isOpen(now)
  const next = edges.filter((ahead) => ahead > 0 && isOpen(now + ahead) !== open).sort((a, b) => a - b)[0]
  if (next === undefined) return { open, change: null }
  const at = (now + next) % WEEK
  return { open, change: { day: Math.floor(at / DAY), minute: at % DAY } }
}

/** `17:00`; the end of a day is 24:00. */
export function clockWords(minute: number): string {
  const shown = minute > DAY ? minute - DAY : minute
  return `${String(Math.floor(shown / 60)).padStart(2, '0')}:${String(shown % 60).padStart(2, '0')}`
}

/** The days of a range in runs of neighbours: Monday to Friday is `[[0, 4]]`. */
export function dayRuns(days: number[]): [number, number][] {
  const runs: [number, number][] = []
  for (const day of days) {
    const last = runs.at(-1)
    if (last && last[1] === day - 1) last[1] = day
    else runs.push([day, day])
  }
  return runs
}
