import type { LocationQuery, LocationQueryRaw } from 'vue-router'
import type { IssueQuery, Stage } from '../api/types'

/** Stages in which somebody still has to act. */
export const OPEN_STAGES: Stage[] = ['reported', 'filed', 'dispatched', 'accepted', 'rectified', 'returned', 'reopened']
/** Stages in which nothing is left to do. */
export const SETTLED_STAGES: Stage[] = ['closed', 'refused', 'void']

/** What the reader wants to see. Kept in the address, so that a list can be sent to a colleague. */
export interface Filters {
  stages: Stage[]
  openOnly: boolean
  text: string
}

/** How many issues a page of the list has, and the most that a refresh asks for at once. */
const PAGE_SIZE = 30
const MOST = 100

function first(value: LocationQuery[string] | undefined): string {
  return (Array.isArray(value) ? value[0] : value) ?? ''
}

/** Reads the filters from an address; words it does not know are dropped. */
export function filtersOf(query: LocationQuery): Filters {
  const asked = first(query['stage']).split(',')
  const stages = [...OPEN_STAGES, ...SETTLED_STAGES].filter((stage) => asked.includes(stage))
  return { stages, openOnly: first(query['open']) !== 'false', text: first(query['text']) }
}

/** Writes the filters into an address; defaults leave no trace. */
export function queryOf(filters: Filters): LocationQueryRaw {
  const query: LocationQueryRaw = {}
  if (filters.stages.length > 0) query['stage'] = filters.stages.join(',')
  if (!filters.openOnly) query['open'] = 'false'
  if (filters.text) query['text'] = filters.text
  return query
}

/** The question put to the server; `size` is the number of issues wanted. */
export function issueQuery(filters: Filters, after: string | null, size = PAGE_SIZE): IssueQuery {
  const query: IssueQuery = { sort: 'due', limit: Math.min(Math.max(size, PAGE_SIZE), MOST) }
  if (filters.stages.length > 0) query.stage = filters.stages.join(',')
  if (filters.openOnly) query.open = true
  if (filters.text) query.text = filters.text
  if (after !== null) query.after = after
  return query
}
