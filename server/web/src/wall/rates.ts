import type { SkinName } from '../maps/skins'

/** Classes of a closure rate, from the worst; each begins at its `from`, in per cent. Districts live between 95 and 100. */
export const RATE_CLASSES = [
  { from: 0, day: '#f0a3a0', night: '#7d2226' },
  { from: 90, day: '#f8c48a', night: '#7c4711' },
  { from: 95, day: '#fbe7a1', night: '#6d5c12' },
  { from: 98, day: '#d3eab5', night: '#3f6320' },
  { from: 99.5, day: '#9fd6b3', night: '#0f6241' },
] as const

/** Where nothing was due there is no rate, and no judgement. */
export const NO_RATE = { day: '#e3e7e9', night: '#22323c' }

/** The colour of a rate on a wall by day or night. */
export function rateColour(percent: number | null | undefined, skin: SkinName): string {
  const time = skin === 'wallNight' || skin === 'night' ? 'night' : 'day'
  const found = percent == null ? undefined : [...RATE_CLASSES].reverse().find(({ from }) => percent >= from)
  return (found ?? NO_RATE)[time]
}

/** Midnight of the district's day at an instant, so many days earlier; milliseconds since 1970. */
export function midnight(now: number, daysBefore = 0): number {
  // The district keeps one offset all year.
  const offset = 8 * 3_600_000
  const day = 86_400_000
  return Math.floor((now + offset) / day) * day - offset - daysBefore * day
}

/** Whether a wall should be dark at an instant: from half past six in the evening to half past six in the morning. */
export function isNight(now: number): boolean {
  const minute = Math.floor((now - midnight(now)) / 60_000)
  return minute < 390 || minute >= 1_110
}
