import type { Issue, IssueEvent } from '../api/types'

/** What an issue waited for, and who had to act. */
export type Waiting = 'filing' | 'dispatching' | 'accepting' | 'working' | 'verifying' | 'reworking' | 'settling' | 'standing'

/** One stretch of an issue's life. */
export interface Segment {
  waiting: Waiting
  /** Milliseconds since 1970; `to` is null while it lasts. */
  from: number
  to: number | null
  /** Whether the bureau's clock ran: from the first dispatch on, but not while a verification was awaited. */
  runs: boolean
  /** The bureau that had to act, where it was one. */
  bureau: string | null
}

/** What each event made the issue wait for; null where it ended. Events not named here change nothing. */
const AFTER: Record<string, Waiting | null> = {
  reported: 'filing', filed: 'dispatching', unrouted: 'dispatching', released: 'dispatching', dispatched: 'accepting', accepted: 'working', rectified: 'verifying',
  reopened: 'reworking', returned: 'settling', closed: null, overridden: null, refused: null, voided: null, merged: null, self_handled: null, check_failed: 'filing', deferred: 'standing', shelved: 'standing',
}
const BUREAUS: Waiting[] = ['accepting', 'working', 'reworking']
/** Rules answer within the second: a stretch as short as that is nobody's wait. */
const NOTHING_MS = 1_000

/** What an issue waited for before its clock stood still. */
function resumedTo(segments: Segment[]): Waiting | undefined {
  return [...segments].reverse().find(({ waiting }) => waiting !== 'standing')?.waiting
}

/** The life of an issue, stretch by stretch, oldest first. */
export function segmentsOf(events: IssueEvent[]): Segment[] {
  const segments: Segment[] = []
  let [lead, dispatched] = [null as string | null, false]
  for (const { kind, at, payload } of [...events].sort((a, b) => a.n - b.n)) {
    // What is resumed waits for what it waited for before.
    const waiting = kind === 'resumed' ? resumedTo(segments) : AFTER[kind]
    if (waiting === undefined) continue
    // A rectification counts from its arrival, which may lie before an event that came in first.
    const when = Math.max(Date.parse(at), segments.at(-1)?.from ?? 0)
    const last = segments.at(-1)
    if (last && last.to === null) last.to = when
    if (kind === 'dispatched') {
      dispatched = true
      lead = typeof payload['lead'] === 'string' ? payload['lead'] : lead
    }
    if (waiting === null) continue
    segments.push({ waiting, from: when, to: null, runs: dispatched && waiting !== 'verifying' && waiting !== 'standing', bureau: BUREAUS.includes(waiting) ? lead : null })
  }
  return segments.filter(({ from, to }) => to === null || to - from > NOTHING_MS)
}

/** How long the bureau's clock has run by `now`, as the hands of a clock go: nights and holidays too. */
export function ranMs(segments: Segment[], now: number): number {
  return segments.filter((segment) => segment.runs).reduce((sum, { from, to }) => sum + Math.max(0, (to ?? now) - from), 0)
}

/** Which hours a limit counts: the message that explains it. */
export function countingOf(limit: string): 'urgent' | 'working' | 'workdays' | 'days' | null {
  if (limit.includes('紧急')) return 'urgent'
  if (limit.includes('工作时')) return 'working'
  if (limit.includes('工作日')) return 'workdays'
  return limit.includes('自然日') ? 'days' : null
}

/** Whether the limit was moved since it was first set. */
export function wasMoved({ first_due_at, due_at }: Pick<Issue, 'first_due_at' | 'due_at'>): boolean {
  return !!first_due_at && !!due_at && first_due_at !== due_at
}
