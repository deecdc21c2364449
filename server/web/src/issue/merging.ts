import type { Issue } from '../api/types'
import { OPEN_STAGES } from './filters'

/** What of an issue a merge goes by. */
export type Merging = Pick<Issue, 'id' | 'stage' | 'blind' | 'dispatched_at'>

/** Why an issue cannot go into another one, by the code of the server's own refusal; null where it can. */
export function whyNotInto(issue: Merging, into: Merging): string | null {
  if (issue.id === into.id) return 'merge-into-itself'
  if (!OPEN_STAGES.includes(into.stage)) return 'merge-into-ended'
  if (issue.blind !== into.blind) return 'merge-blind'
  return issue.dispatched_at && !into.dispatched_at ? 'merge-into-undispatched' : null
}
