import { onBeforeUnmount, ref, shallowRef } from 'vue'
import { problemOf, type ApiProblem } from '../../api/problem'
import { getMorning } from '../calls'
import type { Morning } from '../../api/types'

const AGAIN_MS = 5 * 60_000

/** What the 8:30 meeting looks at; asked for again every few minutes while it is shown. */
export function useMorning() {
  const morning = shallowRef<Morning | null>(null)
  const problem = shallowRef<ApiProblem | null>(null)
  const loading = ref(false)

  async function load(): Promise<void> {
    loading.value = true
    problem.value = null
    try {
      morning.value = await getMorning()
    } catch (thrown) {
      problem.value = problemOf(thrown)
    } finally {
      loading.value = false
    }
  }

  const ticking = setInterval(() => { if (!document.hidden) void load() }, AGAIN_MS)
  onBeforeUnmount(() => { clearInterval(ticking) })
  void load()

  return { morning, problem, loading, load }
}
