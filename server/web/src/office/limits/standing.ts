import type { LimitPeriod } from '../../api/types'

/** Where a time with shorter limits stands. */
export type Standing = 'ahead' | 'now' | 'over' | 'withdrawn'

/** Where it stands at `now`, milliseconds since 1970. */
export function standing({ from, until, withdrawn }: Pick<LimitPeriod, 'from' | 'until' | 'withdrawn'>, now: number): Standing {
  if (withdrawn) return 'withdrawn'
  if (now < Date.parse(from)) return 'ahead'
  return now < Date.parse(until) ? 'now' : 'over'
}
