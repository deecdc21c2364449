import { ref, shallowRef } from 'vue'
import { problemOf, type ApiProblem } from './api/problem'

/** One form's call: whether it is under way, and what went wrong. */
export function useSending() {
  const sending = ref(false)
  const problem = shallowRef<ApiProblem | null>(null)

  /** True when the call succeeded; a second one does not start while one runs. */
  async function send(call: () => Promise<void>): Promise<boolean> {
    if (sending.value) return false
    sending.value = true
    problem.value = null
    try {
      await call()
      return true
    } catch (thrown) {
      problem.value = problemOf(thrown)
      return false
    } finally {
      sending.value = false
    }
  }

  return { sending, problem, send }
}
