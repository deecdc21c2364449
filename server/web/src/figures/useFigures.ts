import { ref, shallowRef } from 'vue'
import { api } from '../api/client'
import { answerOf, problemOf, type ApiProblem } from '../api/problem'
import type { FigureRow, Figures } from '../api/types'
import { stretchesOf, type Period } from './period'

/** What figures are broken down by. */
export const BREAKDOWNS = ['bureau', 'subdistrict', 'community', 'point'] as const
export type Breakdown = (typeof BREAKDOWNS)[number]

/** Whose work is counted: of those who lead, or of those who help. */
export const WHOSE = ['lead', 'cooperating'] as const
export type Whose = (typeof WHOSE)[number]

/** One stretch of the period, for the picture. */
export interface Stretch extends Period { row: FigureRow }

function ask(period: Period, by: Breakdown | 'total', part: Whose, as_of?: number): Promise<Figures> {
  const at = (ms: number): string => new Date(ms).toISOString()
  const query = { from: at(period.from), to: at(period.to), by, part, ...(as_of === undefined ? {} : { as_of }) }
  return answerOf(api.GET('/figures', { params: { query } }))
}

/** The figures of one period, and of its stretches as of the same position in the log. */
export function useFigures() {
  const figures = shallowRef<Figures | null>(null)
  const trend = shallowRef<Stretch[]>([])
  const loading = ref(false)
  const problem = shallowRef<ApiProblem | null>(null)
  let asked = 0

  async function load(period: Period, by: Breakdown, part: Whose): Promise<void> {
    const mine = ++asked
    loading.value = true
    problem.value = null
    try {
      const whole = await ask(period, by, part)
      if (mine !== asked) return
      figures.value = whole
      const stretches = stretchesOf(period)
      const parts = stretches.length > 1 ? await Promise.all(stretches.map((stretch) => ask(stretch, 'total', part, whole.as_of))) : []
      if (mine === asked) trend.value = parts.flatMap((one, at) => (stretches[at] ? [{ ...stretches[at], row: one.total }] : []))
    } catch (thrown) {
      if (mine === asked) problem.value = problemOf(thrown)
    } finally {
      if (mine === asked) loading.value = false
    }
  }

  return { figures, trend, loading, problem, load }
}
