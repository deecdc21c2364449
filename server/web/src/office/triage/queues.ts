import { computed, onBeforeUnmount, ref, shallowRef } from 'vue'
import { listIssues } from '../../api/client'
import { problemOf, type ApiProblem } from '../../api/problem'
import type { Issue, IssueQuery } from '../../api/types'

/** What waits for the office: to be filed, to be given a bureau, offered to those who may own it, sent back by one; what was asked for; and what its finder fixed, to be looked at by sample. */
export const QUEUES = ['reported', 'unrouted', 'offered', 'returned', 'request', 'self_handled'] as const
export type Queue = (typeof QUEUES)[number]

const ASKED: Record<Queue, IssueQuery> = {
  reported: { stage: 'reported' },
  unrouted: { unrouted: true, open: true },
  offered: { offered: true, open: true },
  returned: { stage: 'returned' },
  request: { asked: true },
  self_handled: { checked: false },
}
const MOST = 200
const AGAIN_MS = 60_000

const byQueue = <T>(of: (queue: Queue) => T): Record<Queue, T> => Object.fromEntries(QUEUES.map((queue) => [queue, of(queue)])) as Record<Queue, T>

/** One queue as it stands; `more` where it is longer than what was asked for. */
export interface Waiting {
  issues: Issue[]
  more: boolean
}

/** The number on a queue's tab. */
export const tallyOf = ({ issues, more }: Waiting): string => `${issues.length}${more ? '+' : ''}`

/** The queues, kept fresh while the page is open. */
export function useQueues() {
  const nothing: Waiting = { issues: [], more: false }
  const queues = shallowRef<Record<Queue, Waiting>>(byQueue(() => nothing))
  const loaded = ref(false)
  const problem = shallowRef<ApiProblem | null>(null)
  let asked = 0

  async function ask(queue: Queue): Promise<[Queue, Waiting]> {
    const page = await listIssues({ ...ASKED[queue], sort: queue === 'self_handled' ? 'newest' : 'due', limit: MOST })
    return [queue, { issues: page.items, more: page.next != null }]
  }

  async function load(): Promise<void> {
    const mine = ++asked
    problem.value = null
    try {
      const all = await Promise.all(QUEUES.map(ask))
      if (mine !== asked) return
      queues.value = Object.fromEntries(all) as Record<Queue, Waiting>
      loaded.value = true
    } catch (thrown) {
      if (mine === asked) problem.value = problemOf(thrown)
    }
  }

  const freshen = (): void => { if (!document.hidden) void load() }
  const ticking = setInterval(freshen, AGAIN_MS)
  document.addEventListener('visibilitychange', freshen)
  onBeforeUnmount(() => {
    clearInterval(ticking)
    document.removeEventListener('visibilitychange', freshen)
  })
  void load()

  return { queues: computed(() => queues.value), loaded, problem, load }
}
