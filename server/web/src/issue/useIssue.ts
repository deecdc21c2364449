import { ref, shallowRef, watch } from 'vue'
import { getIssue, listIssueEvents } from '../api/client'
import { problemOf, type ApiProblem } from '../api/problem'
import type { IssueDetail, IssueEvent } from '../api/types'

/** One issue and what happened to it, loaded together so that they tell the same story. */
export function useIssue(id: () => number) {
  const issue = shallowRef<IssueDetail | null>(null)
  const events = shallowRef<IssueEvent[]>([])
  const problem = shallowRef<ApiProblem | null>(null)
  const loading = ref(false)
  let asked = 0

  async function load(): Promise<void> {
    const mine = ++asked
    loading.value = true
    problem.value = null
    try {
      const [detail, happened] = await Promise.all([getIssue(id()), listIssueEvents(id())])
      if (mine !== asked) return
      issue.value = detail
      events.value = happened
    } catch (thrown) {
      if (mine === asked) problem.value = problemOf(thrown)
    } finally {
      if (mine === asked) loading.value = false
    }
  }

  watch(id, () => {
    issue.value = null
    events.value = []
    void load()
  }, { immediate: true })

  return { issue, events, problem, loading, load }
}
