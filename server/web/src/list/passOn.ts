import { dueAt } from '../issue/due'
import type { Issue } from '../api/types'
import type { ReferenceNames } from '../issue/useReferenceNames'

/** What the lines of a work list need. */
export interface PassOnWording {
  t: (key: string, values?: Record<string, unknown>) => string
  names: ReferenceNames
  time: (instant: string) => string
  /** Where these pages are, without a slash at the end. */
  origin: string
}

/** The chosen issues as plain text for whoever does the work: a chat group of the bureau's own people. */
export function workList(issues: Issue[], { t, names, time, origin }: PassOnWording): string {
  const lines = issues.map((issue, at) => {
    const name = issue.category ? names.category(issue.category, issue.category_name) : t('list.uncategorised')
    const dueBy = dueAt(issue)
    const due = dueBy ? t('work.passOnDue', { at: time(dueBy) }) : ''
    const said = [issue.area_name ?? '', name, issue.note, due].filter((part) => part !== '').join(t('work.passOnComma'))
    return `${at + 1}. ${t('issue.title', { id: issue.id })} ${said}\n${origin}/issues/${issue.id}`
  })
  return [t('work.passOnHead', { n: issues.length }), ...lines].join('\n')
}
