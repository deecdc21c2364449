import type { IssueEvent } from '../api/types'

/** Tells an event in words: what the payload says about it, in reading order. */
export interface EventWording {
  t: (key: string, values?: Record<string, unknown>) => string
  te: (key: string) => boolean
  bureau: (code: string) => string
  time: (instant: string) => string
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

/** The event's name; a kind newer than these pages is shown as the server calls it. */
export function eventTitle(event: IssueEvent, words: EventWording): string {
  const key = `event.${event.kind}`
  return words.te(key) ? words.t(key) : event.kind
}

/** What the payload adds. Fields these pages do not know are left out rather than shown raw. */
export function eventDetails(event: IssueEvent, words: EventWording): string[] {
  const { payload } = event
  const labelled = (label: string, value: string | null): string | null => value && `${words.t(label)} ${value}`
  const coded = (scope: string, value: string | null): string | null => {
    const key = `${scope}.${value}`
    return value && (words.te(key) ? words.t(key) : value)
  }
  const lead = text(payload['lead'])
  const cooperating = Array.isArray(payload['cooperating']) ? payload['cooperating'].filter((code) => typeof code === 'string') : []
  const passed = payload['passed']
  const due = text(payload['due_at'])
  const details = [
    text(payload['category_name']),
    labelled('issue.lead', lead && words.bureau(lead)),
    labelled('issue.cooperating', cooperating.map(words.bureau).join('、') || null),
    coded('outcome', text(payload['outcome'])),
    typeof passed === 'boolean' ? words.t(passed ? 'event.pass' : 'event.fail') : null,
    coded('reason', text(payload['reason'])),
    labelled('issue.due_at', due && words.time(due)),
    text(payload['note']),
  ]
  return details.filter((detail): detail is string => !!detail)
}
