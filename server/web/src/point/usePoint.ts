import { ref, shallowRef, watch } from 'vue'
import { api } from '../api/client'
import { answerOf, problemOf, type ApiProblem } from '../api/problem'
import type { Cluster, Duties } from '../api/types'
import { useOpenIssues } from '../maps/useOpenIssues'

/** A point's cluster and the open issues in its surroundings, asked for together. */
export function usePoint(code: () => string) {
  const cluster = shallowRef<Cluster | null>(null)
  const duties = shallowRef<Duties | null>(null)
  const problem = shallowRef<ApiProblem | null>(null)
  const loading = ref(false)
  const open = useOpenIssues(() => ({ point: code() }))
  let asked = 0

  async function load(): Promise<void> {
    const mine = ++asked
    loading.value = true
    try {
      const params = { path: { code: code() }, query: { limit: 1 } }
      const [found] = await Promise.all([answerOf(api.GET('/points/{code}/cluster', { params })), open.load()])
      if (mine !== asked) return
      cluster.value = found
      problem.value = open.problem.value
    } catch (thrown) {
      if (mine === asked) problem.value = problemOf(thrown)
    } finally {
      if (mine === asked) loading.value = false
    }
  }

  // Not everybody may read them, and the page does without.
  answerOf(api.GET('/duties', { parseAs: 'json' })).then((all) => { duties.value = all as unknown as Duties }, () => undefined)

  watch(code, () => {
    cluster.value = null
    open.issues.value = []
    void load()
  }, { immediate: true })

  return { cluster, duties, issues: open.issues, problem, loading, load }
}
