import { onBeforeUnmount, ref, shallowRef, watch } from 'vue'
import { suggestRoute } from '../api/client'
import type { SuggestRequest, RoutingSuggestion } from '../api/types'

const SETTLED_MS = 250

/** Asks for category, route and neighbours of a problem as it changes; null while nothing is known. */
export function useSuggestion(known: () => SuggestRequest | null) {
  const suggestion = shallowRef<RoutingSuggestion | null>(null)
  const asking = ref(false)
  let asked = 0
  let settling: ReturnType<typeof setTimeout> | undefined

  async function ask(body: SuggestRequest, mine: number): Promise<void> {
    asking.value = true
    try {
      const answer = await suggestRoute(body)
      if (mine === asked) suggestion.value = answer
    } catch {
      // Advice: without it the desk decides as before, and deciding itself reports a lost network.
      if (mine === asked) suggestion.value = null
    } finally {
      if (mine === asked) asking.value = false
    }
  }

  watch(() => JSON.stringify(known()), (text, before) => {
    const mine = ++asked
    clearTimeout(settling)
    const body = JSON.parse(text) as SuggestRequest | null
    if (before === undefined || body?.issue !== (JSON.parse(before) as SuggestRequest | null)?.issue) suggestion.value = null
    if (body) settling = setTimeout(() => void ask(body, mine), SETTLED_MS)
  }, { immediate: true })
  onBeforeUnmount(() => {
    asked += 1
    clearTimeout(settling)
  })

  return { suggestion, asking }
}
