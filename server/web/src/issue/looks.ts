/** While the server makes a picture it is looked for so often, about two minutes; then the reader has to ask. */
export const LOOKS = 12

const FIRST_WAIT_S = 2
const LONGEST_WAIT_S = 15

/** How long to wait before the next look, milliseconds; `firstS` is what the server asked for, if it did. */
export function pauseMs(looks: number, firstS = FIRST_WAIT_S): number {
  return Math.min(firstS * 1.3 ** looks, LONGEST_WAIT_S) * 1000
}
