import type { Issue } from '../api/types'
import { isDue } from './matches'

/** A chip beside an issue: what presses. */
export interface Mark { word: 'tonight' | 'returnable' | 'asking' | 'extended' | 'drafts' | 'claimable'; spanMs: number }

/** The last part of the time in which an issue may be returned is worth a word. */
const RETURN_ENDS_MS = 4 * 3_600_000

/** What presses about an issue for a reader of `bureau`, at `now`. */
export function marksOf(issue: Issue, bureau: string | null, now: number): Mark[] {
  const marks: Mark[] = []
  // What is overdue says so itself, in red, with by how much.
  if (isDue(issue, 'today', now)) marks.push({ word: 'tonight', spanMs: 0 })
  // For the office it tells that somebody is asked; for a bureau, that it is.
  const claimable = issue.offer ? Date.parse(issue.offer.until) - now : 0
  if (claimable > 0) marks.push({ word: 'claimable', spanMs: claimable })
  const left = issue.return_until ? Date.parse(issue.return_until) - now : 0
  const returnable = issue.stage === 'dispatched' || issue.stage === 'accepted'
  if (returnable && left > 0 && left <= RETURN_ENDS_MS && bureau !== null && issue.lead === bureau) marks.push({ word: 'returnable', spanMs: left })
  if (issue.request) marks.push({ word: 'asking', spanMs: 0 })
  else if (issue.extensions > 0) marks.push({ word: 'extended', spanMs: 0 })
  // What came by links is for whoever may take it over: the bureaus on the issue.
  if (issue.drafts > 0 && bureau !== null) marks.push({ word: 'drafts', spanMs: 0 })
  return marks
}

/** Whether the list may offer this step for an issue; the server has the last word. */
export function mayTake(word: 'accept' | 'return', issue: Issue, bureau: string | null, now: number): boolean {
  if (bureau === null || issue.lead !== bureau) return false
  if (word === 'accept') return issue.stage === 'dispatched' || issue.stage === 'reopened'
  return (issue.stage === 'dispatched' || issue.stage === 'accepted') && issue.return_until != null && Date.parse(issue.return_until) > now
}
