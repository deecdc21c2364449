import type { Issue } from '../api/types'

/** The running figures of the open issues. */
export interface Tallies {
  open: number
  overdue: number
  dueToday: number
  unrouted: number
  returned: number
  waiting: number
}

type Tallied = Pick<Issue, 'stage' | 'due_at' | 'unrouted'>

/** Stages in which a bureau owes work: before, the office does, and after it a verifier. */
const OWING = new Set(['dispatched', 'accepted', 'reopened', 'returned'])

/** Counts open issues at `now`; `endOfDay` is the next midnight of the district. */
export function talliesOf(issues: Tallied[], now: number, endOfDay: number): Tallies {
  const owed = issues.filter(({ stage }) => OWING.has(stage)).map(({ due_at: due }) => (due ? Date.parse(due) : Infinity))
  return {
    open: issues.length,
    overdue: owed.filter((due) => due < now).length,
    dueToday: owed.filter((due) => due >= now && due < endOfDay).length,
    unrouted: issues.filter((issue) => issue.unrouted).length,
    returned: issues.filter(({ stage }) => stage === 'returned').length,
    waiting: issues.filter(({ stage }) => stage === 'rectified').length,
  }
}
