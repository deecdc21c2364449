import type { Category } from '../../api/types'
import { findInitials, initialsOf } from '../../maps/pinyin'

/** A category with the letters it is found by. */
type Found = Category & { initials?: string | null; pinyin?: string | null }

/** How well one field answers a query: 0 is best, null not at all. */
function rank(field: string | null | undefined, query: string): number | null {
  const at = (field ?? '').toLowerCase().indexOf(query)
  return at < 0 ? null : Math.min(at, 1)
}

/** Letters between which others may lie: `jgwt` finds 井盖缺损问题. */
function scattered(letters: string | null | undefined, query: string): boolean {
  let from = 0
  for (const letter of letters ?? '') if (letter === query[from]) from += 1
  return from === query.length
}

function rankOf(category: Found, query: string): number | null {
  const opens = category.conditions.map((condition) => condition.opens_when).join(' ')
  const letters = query.replaceAll(/\s/g, '')
  // Before the server said how a name is spelled, the platform guesses.
  const guessed = category.initials || !/^[a-z]+$/.test(letters) ? -1 : findInitials(initialsOf(category.name), letters)
  const tries: [number | null, number][] = [
    [rank(category.name, query), 0], [rank(category.initials, letters), 0], [guessed < 0 ? null : Math.min(guessed, 1), 0], [rank(category.pinyin?.replaceAll(' ', ''), letters), 2],
    [rank(category.name_en, query), 2], [category.code.startsWith(query) ? 0 : null, 4], [scattered(category.initials, letters) ? 0 : null, 6],
    [rank(category.class, query), 8], [rank(opens, query), 8],
  ]
  const ranks = tries.flatMap(([met, lag]) => (met === null ? [] : [met + lag]))
  return ranks.length === 0 ? null : Math.min(...ranks)
}

/** The categories that words, pinyin or its initials mean, the best first; all for an empty query. */
export function searchCategories<C extends Category>(categories: readonly C[], query: string): C[] {
  const words = query.trim().toLowerCase()
  if (words === '') return [...categories]
  return categories
    .map((category) => ({ category, rank: rankOf(category, words) }))
    .filter((hit): hit is { category: C; rank: number } => hit.rank !== null)
    .sort((a, b) => a.rank - b.rank || a.category.code.localeCompare(b.category.code))
    .map(({ category }) => category)
}
