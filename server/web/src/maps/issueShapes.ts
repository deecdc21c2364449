import type { FeatureCollection } from 'geojson'
import type { Issue } from '../api/types'
import { dueState, dueTone } from '../issue/due'
import { collection, lonLat, pinAt } from './geometry'
import { URGENCIES, type Urgency } from './skins'

/** What a map needs to know of an issue. */
export type MappedIssue = Pick<Issue, 'id' | 'stage' | 'due_at' | 'closed_at' | 'position'>

/** How pressing an open issue is at `now`: one that waits for its verification presses nobody on the street. */
export function urgencyOf(issue: MappedIssue, now: number): Urgency {
  if (issue.stage === 'rectified') return 'check'
  const tone = dueTone(dueState(issue, now))
  return tone === 'late' || tone === 'soon' ? tone : 'open'
}

/** The issues that have a position, as a map draws them; `chosen` is the number of one that stands out. */
export function issueShapes(issues: MappedIssue[], now: number, chosen: number | null = null): FeatureCollection {
  return collection(issues.flatMap((issue) => {
    if (!issue.position) return []
    return [pinAt(lonLat(issue.position), { id: issue.id, rank: URGENCIES.indexOf(urgencyOf(issue, now)), chosen: issue.id === chosen })]
  }))
}
