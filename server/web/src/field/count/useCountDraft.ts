import { computed, ref, shallowRef } from 'vue'
import type { StatedPosition } from '../../api/types'
import { beginDraft, discard, drafts, momentNow, saveDraft, submitDraft, type CountFields } from '../outbox'
import { counted, uncounted, type Tap } from './tally'

/** The count under way: each tap lies on the device at once. */
export function useCountDraft() {
  const id = ref<string | null>(null)
  const fields = shallowRef<CountFields | null>(null)
  const taps = ref<Tap[]>([])
  const item = computed(() => drafts.value.find((one) => one.id === id.value) ?? null)
  let turn: Promise<unknown> = Promise.resolve()

  function inTurn(work: () => Promise<void>): Promise<void> {
    const done = turn.then(work)
    turn = done.catch(() => undefined)
    return done
  }

  /** Goes on with the one that a kill or a call interrupted. */
  function resume(): void {
    const kept = drafts.value.find(({ kind }) => kind === 'count')
    if (!kept || id.value !== null) return
    id.value = kept.id
    fields.value = kept.fields as CountFields
  }

  function begin({ category, condition, place, position, label }: { category: string; condition: string | null; place: string | null; position: StatedPosition | null; label: string }): Promise<void> {
    return inTurn(async () => {
      const captured = momentNow()
      const first: CountFields = { category, condition, place, position, seen: 0, right: 0, began_at: captured.at, ended_at: captured.at }
      id.value = await beginDraft('count', { fields: first, label, captured })
      fields.value = first
      taps.value = []
    })
  }

  function change(to: CountFields): Promise<void> {
    fields.value = to
    return inTurn(async () => { if (id.value !== null) await saveDraft(id.value, to) })
  }

  async function tap(of: Tap): Promise<void> {
    if (fields.value === null) return
    taps.value = [...taps.value, of]
    await change(counted({ ...fields.value, ended_at: new Date().toISOString() }, of))
  }

  async function undo(): Promise<void> {
    const last = taps.value.at(-1)
    if (fields.value === null || last === undefined) return
    taps.value = taps.value.slice(0, -1)
    await change(uncounted(fields.value, last))
  }

  function over(): void {
    id.value = null
    fields.value = null
    taps.value = []
  }

  function finish(): Promise<void> {
    return inTurn(async () => {
      // The server counts back from its end.
      if (id.value !== null) await submitDraft(id.value, momentNow())
      over()
    })
  }

  function drop(): Promise<void> {
    return inTurn(async () => {
      if (id.value !== null) await discard(id.value)
      over()
    })
  }

  return { fields, item, taps, resume, begin, tap, undo, finish, drop }
}
