import { computed, shallowRef } from 'vue'
import { listIssues } from '../api/client'
import type { Issue } from '../api/types'
import { nowMs } from '../clock'
import { OPEN_STAGES, type Filters } from '../issue/filters'
import type { Changed } from '../live/useChanges'
import { EVERYTHING } from '../issue/filters'
import { account } from '../session'
import { matches } from './matches'

/** More open issues than this are not counted here: the figures are for that. */
const MOST = 200

/** The views of the list that have a tab, by what they show. */
export const TABS = {
  all: {},
  claim: { narrowed: { offered_to: '' } },
  accept: { stages: ['dispatched', 'reopened'] },
  working: { stages: ['accepted'] },
  tonight: { due: 'today' },
  overdue: { due: 'overdue' },
  helping: { narrowed: { owes_part: '' } },
  checked: { stages: ['rectified'] },
} satisfies Record<string, Partial<Filters>>

export type Tab = keyof typeof TABS

/** The filters behind a tab of a bureau's list. */
export function filtersOfTab(tab: Tab, bureau: string | null): Filters {
  const key = tab === 'helping' ? 'owes_part' : tab === 'claim' ? 'offered_to' : null
  const own = key !== null && bureau !== null ? { narrowed: { [key]: bureau } } : {}
  return { ...EVERYTHING, ...TABS[tab], ...own }
}

/** All open issues of a bureau, kept up to date by the changes, to say how many each tab holds. */
export function useOwnWork() {
  const own = shallowRef<Map<number, Issue> | null>(null)

  async function count(): Promise<void> {
    const page = await listIssues({ open: true, limit: MOST }).catch(() => null)
    own.value = page && !page.next ? new Map(page.items.map((issue) => [issue.id, issue])) : null
  }

  function apply(changes: Changed[]): void {
    if (own.value === null) return
    const now = new Map(own.value)
    for (const { id, version, issue } of changes) {
      if ((now.get(id)?.version ?? 0) > version) continue
      if (issue && OPEN_STAGES.includes(issue.stage)) now.set(id, issue)
      else now.delete(id)
    }
    own.value = now
  }

  const counts = computed(() => {
    if (own.value === null) return null
    const open = [...own.value.values()]
    const tabs = Object.keys(TABS) as Tab[]
    return Object.fromEntries(tabs.map((tab) => [tab, open.filter((issue) => matches(issue, filtersOfTab(tab, account.value?.bureau ?? null), nowMs.value)).length])) as Record<Tab, number>
  })

  return { counts, count, apply }
}
