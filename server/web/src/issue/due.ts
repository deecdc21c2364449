import type { Issue } from '../api/types'

/** How an issue stands against its limit. */
export type DueState =
  | { word: 'none' | 'settled' | 'stopped' | 'closedOnTime' | 'closedLate' | 'handledOnTime' | 'handledLate'; spanMs: 0 }
  | { word: 'left' | 'over'; spanMs: number }

/** Less than this left is shown as pressing, in milliseconds. */
const PRESSING_MS = 2 * 3_600_000

/** What a limit is told by. */
export type Limited = Pick<Issue, 'stage' | 'due_at' | 'closed_at'> & Partial<Pick<Issue, 'rectified_at' | 'due_provisional' | 'next_due_at' | 'stage_due'>>

/** By when something is owed: the stage of the limit that is due next while somebody works on it, else the limit itself. */
export function dueAt(issue: Limited): string | null {
  const runs = !issue.closed_at && issue.stage !== 'rectified'
  return (runs ? issue.next_due_at : null) ?? issue.due_at ?? null
}

/** Where the issue stands at `now` (milliseconds since 1970); the bureau's clock stands still while verification is awaited. */
export function dueState(issue: Limited, now: number): DueState {
  if (issue.stage === 'refused' || issue.stage === 'void' || issue.stage === 'merged') return { word: 'settled', spanMs: 0 }
  if (issue.stage === 'deferred' || issue.stage === 'shelved') return { word: 'stopped', spanMs: 0 }
  if (!issue.due_at) return { word: issue.closed_at ? 'settled' : 'none', spanMs: 0 }
  const due = Date.parse(issue.due_at)
  if (issue.closed_at) return { word: Date.parse(issue.closed_at) <= due ? 'closedOnTime' : 'closedLate', spanMs: 0 }
  if (issue.stage === 'rectified' && issue.rectified_at) return { word: Date.parse(issue.rectified_at) <= due ? 'handledOnTime' : 'handledLate', spanMs: 0 }
  const next = Date.parse(dueAt(issue) ?? issue.due_at)
  return now <= next ? { word: 'left', spanMs: next - now } : { word: 'over', spanMs: now - next }
}

/** The tone the words are shown in. */
export function dueTone(state: DueState): 'late' | 'soon' | 'good' | 'plain' {
  if (state.word === 'over' || state.word === 'closedLate' || state.word === 'handledLate') return 'late'
  if (state.word === 'left' && state.spanMs < PRESSING_MS) return 'soon'
  return state.word === 'closedOnTime' || state.word === 'handledOnTime' ? 'good' : 'plain'
}

/** A span in the two largest units that matter: the message key and its numbers. */
export function spanWords(spanMs: number): { key: 'due.days' | 'due.hours' | 'due.minutes'; d: number; h: number; m: number } {
  const minutes = Math.floor(spanMs / 60_000)
  const [d, h, m] = [Math.floor(minutes / 1_440), Math.floor(minutes / 60), minutes % 60]
  if (d >= 1) return { key: 'due.days', d, h: h % 24, m }
  return { key: h >= 1 ? 'due.hours' : 'due.minutes', d, h, m }
}
