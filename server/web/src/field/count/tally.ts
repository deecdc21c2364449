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

/** The categories that are counted; all of them where the taxonomy marks none. */
export function countedCategories<C extends Category>(categories: readonly C[]): C[] {
  const marked = categories.filter((category) => (category as C & { counted?: boolean }).counted === true)
  return marked.length > 0 ? marked : [...categories]
}

/** What the two buttons are called: helmets are worn or not, all else is right or wrong. */
export function wordsFor(category: Pick<Category, 'name'> | null): 'helmet' | 'plain' {
  return category !== null && /盔/.test(category.name) ? 'helmet' : 'plain'
}
