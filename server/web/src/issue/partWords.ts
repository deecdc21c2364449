import type { Issue } from '../api/types'

/** What one cooperating bureau has to do and has done. */
export type Part = Issue['parts'][number]

/** Where a part stands: the last thing that happened to it. */
export function partState(part: Part): 'released' | 'done' | 'working' | 'waiting' | 'accepted' | 'asked' {
  if (part.released_at) return 'released'
  if (part.done_at) return 'done'
  if (part.task) return part.accepted_at ? 'working' : 'waiting'
  return part.accepted_at ? 'accepted' : 'asked'
}

/** The same in words. */
export function partWords(part: Part, t: (key: string) => string): string {
  return t(`part.state.${partState(part)}`)
}

/** Whether its own limit is over while it is owed. */
export function isPartLate(part: Part, now: number): boolean {
  return part.owed && part.due_at != null && Date.parse(part.due_at) < now
}
