const FIRST_MS = 2_000
const MOST_MS = 300_000

/**
 * How long to wait after so many attempts in vain: doubled each time, with chance in it, so that fifty
 * phones that lost the same server do not come back in the same second. What the server asked for is
 * the least; chance is added to it, since it asked all the others for the same.
 */
export function pauseAfter(attempts: number, askedS: number | null, chance = Math.random()): number {
  const doubled = Math.min(FIRST_MS * 2 ** Math.min(attempts - 1, 16), MOST_MS)
  const pause = doubled * (0.5 + chance / 2)
  return askedS === null ? pause : askedS * 1000 + Math.min(pause, askedS * 1000)
}
