import type { LocationQuery } from 'vue-router'
import type { IssueQuery } from '../../api/types'
import type { Morning, MorningFigures } from '../../api/types'

/** The six figures, in the order they are read out. */
export const FIGURES = ['new', 'due_today', 'overdue', 'unrouted', 'returned', 'rectified_waiting'] as const satisfies readonly (keyof MorningFigures)[]
export type Figure = (typeof FIGURES)[number]

/** Whose figure it is: everybody's, one bureau's (`-`: nobody's yet), or that of one point's surroundings. */
export interface Of {
  lead?: string
  point?: string
}

/** What to ask for to get exactly the issues that a figure counts. */
export function queryOf(figure: Figure, { new_since }: Pick<Morning, 'new_since'>, of: Of = {}): Record<string, string> {
  const filters: Record<Figure, Record<string, string>> = {
    new: { new_since }, due_today: { due: 'today' }, overdue: { due: 'overdue' }, unrouted: { unrouted: 'true' }, returned: { returned: 'true' }, rectified_waiting: { stage: 'rectified' },
  }
  return { ...filters[figure], ...of }
}

const KEYS = ['new_since', 'due', 'unrouted', 'returned', 'stage', 'lead', 'point'] as const

/** The same, read back from an address; words it does not know are dropped. */
export function askedOf(query: LocationQuery): IssueQuery {
  const asked: Record<string, string | boolean> = {}
  for (const key of KEYS) {
    const value = query[key]
    if (typeof value === 'string' && value !== '') asked[key] = value === 'true' ? true : value
  }
  return asked as IssueQuery
}

/** Which figure an address asks for; null for none of them. */
export function figureOf(query: LocationQuery): Figure | null {
  if (query['new_since']) return 'new'
  if (query['due']) return query['due'] === 'today' ? 'due_today' : 'overdue'
  if (query['unrouted']) return 'unrouted'
  if (query['returned']) return 'returned'
  return query['stage'] === 'rectified' ? 'rectified_waiting' : null
}
