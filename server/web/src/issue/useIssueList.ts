import { computed, ref, shallowRef, type Ref } from 'vue'
import { listIssues } from '../api/client'
import { problemOf, type ApiProblem } from '../api/problem'
import type { Issue } from '../api/types'
import { serverNowMs } from '../clock'
import { matches } from '../list/matches'
import type { Changed } from '../live/useChanges'
import { issueQuery, type Filters } from './filters'

/** An issue whose limit moved between two pages comes twice; the later answer is the true one. */
function withoutDoubles(all: Issue[]): Issue[] {
  return [...new Map(all.map((issue) => [issue.id, issue])).values()]
}

/**
 * The reader's list, page by page. What changes meanwhile is shown in its row at once; rows neither
 * come nor go nor change places before the reader asks.
 */
export function useIssueList(filters: Ref<Filters>) {
  const issues = shallowRef<Issue[]>([])
  const next = ref<string | null>(null)
  const loading = ref<'first' | 'more' | null>(null)
  const problem = shallowRef<ApiProblem | null>(null)
  /** Issues that belong to the list by now and are not in it. */
  const waiting = shallowRef(new Map<number, Issue>())
  /** Rows that stay only until the list is read again. */
  const left = shallowRef(new Set<number>())
  const newer = computed(() => waiting.value.size)
  /** Counts questions, so that a slow answer to an old filter does not overwrite a newer one. */
  let asked = 0
  let lastAfter: string | null = null

  /** Loads the page after `after`, or for null from the start, as far as was shown before. */
  async function load(after: string | null): Promise<void> {
    const mine = ++asked
    lastAfter = after
    loading.value = after === null ? 'first' : 'more'
    problem.value = null
    const shown = after === null ? [] : issues.value
    const size = after === null ? issues.value.length + waiting.value.size : undefined
    try {
      const page = await listIssues(issueQuery(filters.value, after, size))
      if (mine !== asked) return
      issues.value = withoutDoubles([...shown, ...page.items])
      next.value = page.next ?? null
      if (after === null) settle()
    } catch (thrown) {
      if (mine === asked) problem.value = problemOf(thrown)
    } finally {
      if (mine === asked) loading.value = null
    }
  }

  function settle(): void {
    waiting.value = new Map()
    left.value = new Set()
  }

  /** Forgets what was shown: other filters, other list. */
  function restart(): Promise<void> {
    issues.value = []
    settle()
    return load(null)
  }

  function put(issue: Issue): void {
    issues.value = issues.value.map((had) => (had.id === issue.id && had.version <= issue.version ? issue : had))
  }

  /** Takes over what was pulled, or what a command was answered with. */
  function apply(changes: Changed[]): void {
    const [coming, going] = [new Map(waiting.value), new Set(left.value)]
    for (const { id, version, issue } of changes) {
      const row = issues.value.find((had) => had.id === id)
      if (row && row.version > version) continue
      const belongs = issue !== null && matches(issue, filters.value, serverNowMs())
      coming.delete(id)
      if (row && issue) put(issue)
      if (row && belongs) going.delete(id)
      else if (row) going.add(id)
      else if (issue && belongs) coming.set(id, issue)
    }
    waiting.value = coming
    left.value = going
  }

  /** Reads again what cannot be told from the feed, and shows it as a change, not as another list. */
  async function compare(): Promise<void> {
    if (loading.value !== null) return
    const mine = asked
    const page = await listIssues(issueQuery(filters.value, null, issues.value.length)).catch(() => null)
    if (page === null || mine !== asked) return
    const read = page.items
    const whole = !page.next && !next.value
    const missing = whole ? issues.value.filter((had) => !read.some((issue) => issue.id === had.id)) : []
    apply([
      ...read.map((issue) => ({ id: issue.id, version: issue.version, issue })),
      ...missing.map(({ id, version }) => ({ id, version, issue: null })),
    ])
  }

  return { issues, next, loading, problem, newer, left, load, restart, apply, compare, retry: () => load(lastAfter) }
}
