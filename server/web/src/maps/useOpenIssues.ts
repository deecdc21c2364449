import { ref, shallowRef } from 'vue'
import { listIssues } from '../api/client'
import { problemOf, type ApiProblem } from '../api/problem'
import type { Issue, IssueQuery } from '../api/types'

/** Issues on a page, as many as the server gives. */
const PAGE = 200
/** More than this is more than a map shows; the count says "and more" then. */
const MOST = 2_000

/** The open issues that the reader may see, the nearest limit first; all of them, up to a bound. */
export function useOpenIssues(query: () => IssueQuery = () => ({})) {
  const issues = shallowRef<Issue[]>([])
  /** Whether there are more than were asked for. */
  const more = ref(false)
  const loaded = ref(false)
  const problem = shallowRef<ApiProblem | null>(null)
  let asked = 0

  /** Asks anew; what is shown stays until the answer has come. */
  async function load(): Promise<void> {
    const mine = ++asked
    try {
      const found: Issue[] = []
      let after: string | null = null
      do {
        const page = await listIssues({ ...query(), open: true, sort: 'due', limit: PAGE, ...(after === null ? {} : { after }) })
        if (mine !== asked) return
        found.push(...page.items)
        after = page.next ?? null
      } while (after !== null && found.length < MOST)
      issues.value = [...new Map(found.map((issue) => [issue.id, issue])).values()]
      more.value = after !== null
      problem.value = null
      loaded.value = true
    } catch (thrown) {
      if (mine === asked) problem.value = problemOf(thrown)
    }
  }

  return { issues, more, loaded, problem, load }
}
