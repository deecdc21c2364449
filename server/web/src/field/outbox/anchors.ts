import { serverNowMs } from '../../clock'

/*
 * How far this device's clock was from the server's, each time it was heard: two equal readings before
 * and after a moment vouch that nobody set the clock for good in between.
 */

/** What the device's clock said, and how far the server's was ahead, milliseconds. */
export interface Anchor {
  at: number
  ahead: number
}

const KEY = 'zhoubian.anchors'
const MOST = 40

/** The readings on this device, the oldest first. */
export function anchors(): Anchor[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(kept) ? (kept as Anchor[]) : []
  } catch {
    return []
  }
}

/** Notes how far the clock is, when the server was heard just now. */
export function noteClock(): void {
  const at = Date.now()
  const all = [...anchors(), { at, ahead: Math.round(serverNowMs() - at) }]
  localStorage.setItem(KEY, JSON.stringify(all.slice(-MOST)))
}
