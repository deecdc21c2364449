import type { Issue, Position } from '../../api/types'
import { distanceM } from '../../maps/geometry'

/** Farther away than this, in metres, it is another spot. */
const REACH_M = 60
/** So many are offered: more would be read by nobody. */
const OFFERED = 3

/** An open issue that might be what the person sees. */
export interface Nearby { issue: Issue; metres: number }

/**
 * The open issues around a position, the nearest first. An inaccurate position widens the reach,
 * up to twice; once a category is chosen, issues of its family are all that is left.
 */
export function nearbyIssues(issues: readonly Issue[], at: Position & { accuracy_m?: number | null }, family: string | null, familyOf: (category: string) => string | null): Nearby[] {
  const reach = Math.min(REACH_M + (at.accuracy_m ?? 0), 2 * REACH_M)
  return issues
    .flatMap((issue) => (issue.position ? [{ issue, metres: distanceM(at, issue.position) }] : []))
    .filter(({ issue, metres }) => metres <= reach && (family === null || !issue.category || familyOf(issue.category) === family))
    .sort((a, b) => a.metres - b.metres)
    .slice(0, OFFERED)
}
