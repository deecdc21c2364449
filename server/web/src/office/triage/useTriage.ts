import { computed, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { QUEUES, useQueues, type Queue } from './queues'

const queueOf = (asked: unknown): Queue => QUEUES.find((queue) => queue === asked) ?? 'reported'

/** Which queue and which of its issues is looked at; both stand in the address. */
export function useTriage() {
  const route = useRoute()
  const router = useRouter()
  const { queues, loaded, problem, load } = useQueues()

  const queue = computed(() => queueOf(route.query['queue']))
  const waiting = computed(() => queues.value[queue.value])
  const index = computed(() => Math.max(0, waiting.value.issues.findIndex((issue) => issue.id === Number(route.query['at']))))
  const current = computed(() => waiting.value.issues[index.value] ?? null)

  function show(next: Queue, at: number | null): Promise<unknown> {
    return router.replace({ query: { ...(next !== 'reported' && { queue: next }), ...(at !== null && { at: String(at) }) } })
  }

  function step(by: number): void {
    const next = waiting.value.issues[index.value + by]
    if (next) void show(queue.value, next.id)
  }

  /** Looks again after something was decided; what stood behind it moves up. */
  async function decided(): Promise<void> {
    const behind = waiting.value.issues[index.value + 1] ?? waiting.value.issues[index.value - 1]
    const was = current.value?.id
    await load()
    if (current.value === null || was === undefined || !waiting.value.issues.some((issue) => issue.id === was)) await show(queue.value, behind?.id ?? null)
  }

  // The tab that has something to do is the one to begin with.
  const once = watch(loaded, (is) => {
    if (!is) return
    once()
    if (route.query['queue'] !== undefined || waiting.value.issues.length > 0) return
    const busy = QUEUES.find((one) => queues.value[one].issues.length > 0)
    if (busy) void show(busy, null)
  })

  return { queue, queues, waiting, index, current, loaded, problem, load, show, step, decided }
}
