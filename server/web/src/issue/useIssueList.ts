import { ref, type Ref } from 'vue'
import { listIssues } from '../api/client'
import { problemOf, type ApiProblem } from '../api/problem'
import type { Issue } from '../api/types'
import { issueQuery, type Filters } from './filters'

/** An issue whose limit moved between two pages comes twice; the later answer is the true one. */
function withoutDoubles(all: Issue[]): Issue[] {
  return [...new Map(all.map((issue) => [issue.id, issue])).values()]
}

/** The reader's list, page by page, due soonest first. */
export function useIssueList(filters: Ref<Filters>) {
  const issues = ref<Issue[]>([])
  const next = ref<string | null>(null)
  const loading = ref<'first' | 'more' | null>(null)
  const problem = ref<ApiProblem | null>(null)
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
    const size = after === null ? issues.value.length : undefined
    try {
      const page = await listIssues(issueQuery(filters.value, after, size))
      if (mine !== asked) return
      issues.value = withoutDoubles([...shown, ...page.items])
      next.value = page.next ?? null
    } catch (thrown) {
      if (mine === asked) problem.value = problemOf(thrown)
    } finally {
      if (mine === asked) loading.value = null
    }
  }

  /** Forgets what was shown: other filters, other list. */
  function restart(): Promise<void> {
    issues.value = []
    return load(null)
  }

  return { issues, next, loading, problem, load, restart, retry: () => load(lastAfter) }
}
