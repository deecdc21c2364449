import { computed, reactive, ref, shallowRef, watch } from 'vue'
import type { ImportOutcome, ImportQuery, PlanReport } from '../../api/adminTypes'
import { problemOf, type ApiProblem } from '../../api/problem'
import { optionsOf, type ImportKind, type Option } from './importKinds'
import { sendImport } from './referenceCalls'

/** What is asked of an import, as its form holds it: an empty text is what the server takes itself. */
export type Asked = Record<Exclude<Option, 'derive_codes'>, string> & { derive_codes: boolean }

const blank = (): Asked => ({ datum: '', level: '', point_kind: '', radius_m: '', only: '', columns: '', encoding: '', derive_codes: false })

/** One import: the files, what was tried, and what was taken in. */
export function useImport() {
  const kind = ref<ImportKind | ''>('')
  const files = shallowRef<File[]>([])
  const mapping = shallowRef<File | null>(null)
  const asked = reactive(blank())
  const tried = shallowRef<ImportOutcome | null>(null)
  const problem = shallowRef<ApiProblem | null>(null)
  const under = ref<'try' | 'take' | null>(null)

  // What was tried was these files in this way; anything else has to be tried anew.
  watch([kind, files, mapping, asked], () => {
    tried.value = null
    problem.value = null
  })

  function query(): ImportQuery {
    const chosen: ImportQuery = { kind: kind.value }
    if (kind.value === '') return chosen
    for (const option of optionsOf(kind.value)) {
      if (option === 'derive_codes') chosen.derive_codes = asked.derive_codes || undefined
      else if (option === 'radius_m') chosen.radius_m = asked.radius_m ? Number(asked.radius_m) : undefined
      else chosen[option] = asked[option].trim() || undefined
    }
    return chosen
  }

  async function send(what: 'try' | 'take', more: Partial<ImportQuery>, expected: number | null): Promise<ImportOutcome | null> {
    if (under.value !== null) return null
    under.value = what
    problem.value = null
    try {
      return await sendImport({ ...query(), ...more }, { files: files.value, mapping: kind.value === 'standard' ? mapping.value : null }, expected)
    } catch (thrown) {
      problem.value = problemOf(thrown)
      return null
    } finally {
      under.value = null
    }
  }

  /** Says what would become of every row; writes nothing. */
  async function tryOut(): Promise<void> {
    tried.value = await send('try', { dry_run: true, rows: 'all' }, null)
  }

  /** Takes in what was tried; the number it has in the log. */
  async function takeIn(allowRefused: boolean): Promise<number | null> {
    if (!tried.value) return null
    const done = await send('take', allowRefused ? { allow_refused: true } : {}, tried.value.reference_version)
    return done?.id ?? null
  }

  return { kind, files, mapping, asked, tried, problem, under, tryOut, takeIn, sums: computed(() => (tried.value ? sumsOf(tried.value) : null)) }
}

/** How many rows have each fate, of every kind of item together. */
export function sumsOf(plan: Pick<PlanReport, 'counts'>): Record<'added' | 'changed' | 'same' | 'refused' | 'left', number> {
  const sums = { added: 0, changed: 0, same: 0, refused: 0, left: 0 }
  for (const counts of plan.counts) for (const fate of Object.keys(sums) as (keyof typeof sums)[]) sums[fate] += counts[fate]
  return sums
}
