import { ref } from 'vue'

/** Time limits are kept in the district's time, wherever the reader is. */
const DISTRICT_ZONE = 'Asia/Shanghai'

let offsetMs = 0

/** The server's present, in milliseconds since 1970; moves on every 15 seconds. */
export const nowMs = ref(Date.now())

setInterval(() => {
  nowMs.value = serverNowMs()
}, 15_000)

/** The server's present to the second, for countdowns. */
export function serverNowMs(): number {
  return Date.now() + offsetMs
}

/** Takes the server's clock from a fresh answer: countdowns must not depend on a wrong phone clock. */
export function setClock(response: Response): void {
  const date = Date.parse(response.headers.get('Date') ?? '')
  if (Number.isNaN(date)) return
  const offset = date - Date.now()
  // The header has whole seconds: smaller differences say nothing.
  offsetMs = Math.abs(offset) < 2_000 ? 0 : offset
  nowMs.value = serverNowMs()
}

/** An instant as a field of the page has it, district time: `2026-11-24T18:00`. */
export function localOf(instant: number): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: DISTRICT_ZONE, dateStyle: 'short', timeStyle: 'short' }).format(instant).replace(' ', 'T')
}

/** The instant that a field of the page says. */
export function instantOf(local: string): string {
  const asUtc = Date.parse(`${local}Z`)
  const offset = Date.parse(`${localOf(asUtc)}Z`) - asUtc
  return new Date(asUtc - offset).toISOString()
}

/** `11-22 14:05`, with the year in front when it is not this one. */
export function shortTime(instant: string): string {
  const part = (format: Intl.DateTimeFormatOptions, when: number): string =>
    new Intl.DateTimeFormat('en-CA', { timeZone: DISTRICT_ZONE, ...format }).format(when)
  const when = Date.parse(instant)
  const day = part({ year: 'numeric', month: '2-digit', day: '2-digit' }, when)
  const time = part({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }, when)
  const thisYear = part({ year: 'numeric' }, nowMs.value)
  return `${day.startsWith(thisYear) ? day.slice(5) : day} ${time}`
}

/** A day as a letter has it: `2026年11月22日`, or `22 November 2026`. */
export function longDay(instant: string, language: 'zh' | 'en'): string {
  return new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', { timeZone: DISTRICT_ZONE, dateStyle: 'long' }).format(Date.parse(instant))
}

/** Beijing time has had one offset since 1991. */
const DISTRICT_OFFSET_MS = 8 * 3_600_000
const DAY_MS = 86_400_000

/** The midnight that ends the district's day of `at`, in milliseconds since 1970. */
export function endOfDay(at: number): number {
  return (Math.floor((at + DISTRICT_OFFSET_MS) / DAY_MS) + 1) * DAY_MS - DISTRICT_OFFSET_MS
}

/** `14:05`, in the district. */
export function clockTime(instant: string | number): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: DISTRICT_ZONE, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(instant))
}
