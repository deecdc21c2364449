import { computed, ref, watch, type Ref } from 'vue'
import type { Issue } from '../api/types'

/** What the reader has ticked; a row that is no longer shown is no longer ticked. */
export function useSelection(issues: Ref<Issue[]>) {
  const ids = ref(new Set<number>())
  const selected = computed(() => issues.value.filter((issue) => ids.value.has(issue.id)))
  const all = computed(() => issues.value.length > 0 && selected.value.length === issues.value.length)

  function toggle(id: number, on = !ids.value.has(id)): void {
    if (on) ids.value.add(id)
    else ids.value.delete(id)
  }

  function toggleAll(on: boolean): void {
    ids.value = new Set(on ? issues.value.map((issue) => issue.id) : [])
  }

  watch(issues, (shown) => {
    const here = new Set(shown.map((issue) => issue.id))
    for (const id of ids.value) if (!here.has(id)) ids.value.delete(id)
  })

  return { ids, selected, all, toggle, toggleAll, clear: () => { toggleAll(false) } }
}
