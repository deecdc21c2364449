import type { LocationQuery, LocationQueryRaw } from 'vue-router'
import type { IssueQuery, Stage } from '../api/types'

/** Stages in which somebody still has to act. */
export const OPEN_STAGES: Stage[] = ['reported', 'filed', 'dispatched', 'accepted', 'rectified', 'returned', 'reopened', 'deferred', 'shelved']
/** Stages in which nothing is left to do. */
export const SETTLED_STAGES: Stage[] = ['closed', 'refused', 'void', 'merged']
/** Stages in which the limit runs against somebody: not while a verification is awaited, nor while the clock stands still. */
export const RUNNING_STAGES: Stage[] = OPEN_STAGES.filter((stage) => stage !== 'rectified' && stage !== 'deferred' && stage !== 'shelved')

/** A day's work by its limit. */
export type DueWord = 'today' | 'overdue'

/** What a link from a figure or from the map narrows the list down to. Shown, and taken off, one by one. */
export const NARROWED = ['bureau', 'lead', 'owes_part', 'offered_to', 'offered', 'category', 'area', 'point', 'band', 'bbox', 'due_before', 'due_after', 'new_since', 'unrouted', 'returned', 'self_handled'] as const
export type Narrowed = (typeof NARROWED)[number]

/** What the reader wants to see. Kept in the address, so that a list can be sent to a colleague. */
export interface Filters {
  stages: Stage[]
  openOnly: boolean
  text: string
  due: DueWord | null
  sort: 'due' | 'newest'
  narrowed: Partial<Record<Narrowed, string>>
}

/** All that is open, the nearest limit first. */
export const EVERYTHING: Filters = { stages: [], openOnly: true, text: '', due: null, sort: 'due', narrowed: {} }

/** How many issues a page of the list has, and the most that a refresh asks for at once. */
const PAGE_SIZE = 60
const MOST = 200

function first(value: LocationQuery[string] | undefined): string {
  return (Array.isArray(value) ? value[0] : value) ?? ''
}

/** Reads the filters from an address; words it does not know are dropped. */
export function filtersOf(query: LocationQuery): Filters {
  const asked = first(query['stage']).split(',')
  const due = first(query['due'])
  return {
    stages: [...OPEN_STAGES, ...SETTLED_STAGES].filter((stage) => asked.includes(stage)),
    openOnly: first(query['open']) !== 'false',
    text: first(query['text']),
    due: due === 'today' || due === 'overdue' ? due : null,
    sort: first(query['sort']) === 'newest' ? 'newest' : 'due',
    narrowed: Object.fromEntries(NARROWED.flatMap((key) => (first(query[key]) ? [[key, first(query[key])]] : []))),
  }
}

/** Writes the filters into an address; defaults leave no trace. */
export function queryOf(filters: Filters): LocationQueryRaw {
  const query: LocationQueryRaw = { ...filters.narrowed }
  if (filters.stages.length > 0) query['stage'] = filters.stages.join(',')
  if (!filters.openOnly) query['open'] = 'false'
  if (filters.text) query['text'] = filters.text
  if (filters.due) query['due'] = filters.due
  if (filters.sort !== 'due') query['sort'] = filters.sort
  return query
}

/** The question put to the server, without where its page begins. */
export function selectionOf(filters: Filters): IssueQuery {
  const query: IssueQuery = { sort: filters.sort }
  for (const [key, value] of Object.entries(filters.narrowed) as [Narrowed, string][]) {
    if (key === 'unrouted' || key === 'offered' || key === 'returned' || key === 'self_handled') query[key] = value === 'true'
    else query[key] = value
  }
  if (filters.due) query.due = filters.due
  if (filters.stages.length > 0) query.stage = filters.stages.join(',')
  if (filters.openOnly) query.open = true
  if (filters.text) query.text = filters.text
  return query
}

/** The same for one page; `size` is the number of issues wanted. */
export function issueQuery(filters: Filters, after: string | null, size = PAGE_SIZE): IssueQuery {
  const query: IssueQuery = { ...selectionOf(filters), limit: Math.min(Math.max(size, PAGE_SIZE), MOST) }
  if (after !== null) query.after = after
  return query
}
