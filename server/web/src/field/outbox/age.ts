import { anchors, type Anchor } from './anchors'
import { momentNow } from './moments'
import type { Moment } from './shapes'

/** Clocks drift, and the server's reading has whole seconds. */
const TOLERANCE_MS = 5_000

/** Whether readings before the moment and the latest one agree: then the device's clock was not set since. */
function isVouched(at: number, readings: Anchor[]): boolean {
  const latest = readings.at(-1)
  const before = readings.filter((reading) => reading.at <= at).at(-1)
  if (!latest || !before || latest.at < before.at) return false
  return Math.abs(latest.ahead - before.ahead) <= TOLERANCE_MS
}

/**
 * How long ago a moment was, milliseconds, by a clock that nobody sets; null when there is no telling.
 *
 * Within one page's life that clock runs, but on many phones it stands still while they sleep: where
 * the other clock says that more time has passed, that is believed if readings of the server's clock
 * vouch for it. Else the shorter span is stated, which claims nothing that was not so. After a
 * restart of the page only such readings can tell.
 */
export function ageOf(moment: Moment, now: Moment = momentNow(), readings: Anchor[] = anchors()): number | null {
  const shown = Date.parse(now.at) - Date.parse(moment.at)
  const vouched = shown >= 0 && isVouched(Date.parse(moment.at), readings)
  if (now.life !== moment.life) return vouched ? shown : null
  const ticked = Math.max(0, now.tick - moment.tick)
  return vouched && shown > ticked + TOLERANCE_MS ? shown : ticked
}
