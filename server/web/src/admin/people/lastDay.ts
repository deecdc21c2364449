/*
 * An account ends at a moment; people say the last day on which it is good. Days are the district's,
 * which are eight hours ahead of UTC all year.
 */
const ZONE_MS = 8 * 3_600_000
const DAY_MS = 86_400_000

/** The last whole day before an account ends, `2026-12-31`; empty where it has no end. */
export function lastDayOf(endsAt: string | null): string {
  if (endsAt === null) return ''
  return new Date(Date.parse(endsAt) + ZONE_MS - 1).toISOString().slice(0, 10)
}

/** The moment at which the day after the last one begins; null for no end. */
export function endOf(lastDay: string): string | null {
  if (lastDay === '') return null
  return new Date(Date.parse(`${lastDay}T00:00:00Z`) + DAY_MS - ZONE_MS).toISOString()
}
