import type { Issue } from '../api/types'
import { dueAt } from '../issue/due'
import { endOfDay } from '../clock'
import { OPEN_STAGES, RUNNING_STAGES, type Filters } from '../issue/filters'

/**
 * Whether an issue that changed belongs to the list, as far as it shows itself. The rest (a point's
 * surroundings, a box on the map) only the server can tell: such an issue may be counted as new
 * and then not come.
 */
export function matches(issue: Issue, filters: Filters, now: number): boolean {
  const { stages, openOnly, text, due, narrowed } = filters
  if (stages.length > 0 && !stages.includes(issue.stage)) return false
  if (openOnly && !OPEN_STAGES.includes(issue.stage)) return false
  if (text && !issue.note.includes(text) && String(issue.id) !== text) return false
  if (due && !isDue(issue, due, now)) return false
  if (narrowed.bureau && issue.lead !== narrowed.bureau && !issue.cooperating.includes(narrowed.bureau)) return false
  if (narrowed.owes_part && !issue.parts.some((part) => part.bureau === narrowed.owes_part && part.owed)) return false
  if (narrowed.offered_to && !issue.offer?.candidates.some((one) => one.bureau === narrowed.offered_to && one.declined_at === null)) return false
  if (narrowed.offered && (issue.offer !== null) !== (narrowed.offered === 'true')) return false
  if (narrowed.lead && (issue.lead ?? '-') !== narrowed.lead) return false
  if (narrowed.returned && (issue.stage === 'returned') !== (narrowed.returned === 'true')) return false
  if (narrowed.self_handled && issue.self_handled !== (narrowed.self_handled === 'true')) return false
  if (narrowed.new_since && Date.parse(issue.reported_at) < Date.parse(narrowed.new_since)) return false
  if (narrowed.category && !narrowed.category.split(',').includes(issue.category ?? '')) return false
  return !narrowed.unrouted || issue.unrouted === (narrowed.unrouted === 'true')
}

/** Whether somebody still has to act before tonight's midnight, or should have by now. */
export function isDue(issue: Issue, word: 'today' | 'overdue', now: number): boolean {
  const at = dueAt(issue)
  if (!at || !RUNNING_STAGES.includes(issue.stage)) return false
  const due = Date.parse(at)
  return word === 'overdue' ? due < now : due >= now && due < endOfDay(now)
}
