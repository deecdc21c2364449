import type { Category } from '../../api/types'
import type { CountFields } from '../outbox'

/** What was tapped, in order: each can be taken back. */
export type Tap = 'right' | 'wrong'

/** The share that was right, per cent with one decimal; null before anything was seen. */
export function rateOf({ seen, right }: Pick<CountFields, 'seen' | 'right'>): string | null {
  return seen === 0 ? null : `${(Math.round((right * 1000) / seen) / 10).toFixed(1)} %`
}

/** The count with one more. */
export function counted<C extends Pick<CountFields, 'seen' | 'right'>>(count: C, tap: Tap): C {
  return { ...count, seen: count.seen + 1, right: count.right + (tap === 'right' ? 1 : 0) }
}

/** The count without a tap; none goes below nothing. */
export function uncounted<C extends Pick<CountFields, 'seen' | 'right'>>(count: C, tap: Tap): C {
  return { ...count, seen: Math.max(0, count.seen - 1), right: Math.max(0, count.right - (tap === 'right' ? 1 : 0)) }
}

/** What can be counted: a category, by one of its conditions where it has several. */
export interface Target { category: string; condition: string | null; name: string; name_en: string | null }

/** A condition says how it is counted after a comma; the name is what is looked for. */
function looked(opens_when: string): string {
  return opens_when.split('，')[0] ?? opens_when
}

/** What the taxonomy has counted. Before it said so: what has conditions, and no limit for any of them. */
export function targetsOf(categories: readonly Category[]): Target[] {
  const counting = categories.filter((category) => (category as Category & { counted?: boolean }).counted ?? (category.conditions.length > 0 && category.conditions.every(({ limit }) => limit === '')))
  return counting.flatMap(({ code, name, name_en = null, conditions }) => {
    const open = conditions.filter(({ published }) => published)
    if (open.length < 2) return [{ category: code, condition: open[0]?.code ?? null, name, name_en }]
    return open.map((condition): Target => ({ category: code, condition: condition.code, name: looked(condition.opens_when), name_en }))
  })
}

/** What the two buttons are called: helmets are worn or not, all else is right or wrong. */
export function wordsFor(name: string): 'helmet' | 'plain' {
  return name.includes('盔') ? 'helmet' : 'plain'
}
