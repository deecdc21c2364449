import type { Category } from '../api/types'
import { findInitials, initialsOf } from '../maps/pinyin'

/** One condition with its category: what the desk files by, chosen in one go. */
export interface Choice {
  key: string
  category: string
  condition: string
  name: string
  name_en: string | null
  opens_when: string
  limit: string
  initials: string[]
}

/** Every published condition, in the order of the taxonomy. */
export function choicesOf(categories: Category[]): Choice[] {
  return categories.flatMap((category) => {
    const initials = initialsOf(category.name)
    return category.conditions.filter((one) => one.published).map((one) => ({
      key: one.code, category: category.code, condition: one.code, name: category.name, name_en: category.name_en ?? null, opens_when: one.opens_when, limit: one.limit, initials,
    }))
  })
}

/** How well a condition answers to one typed word: the lower the better; null for not at all. */
function rankOf(choice: Choice, word: string): number | null {
  const english = choice.name_en?.toLowerCase() ?? ''
  if (choice.condition.toLowerCase() === word) return 0
  if (choice.name.startsWith(word) || choice.condition.toLowerCase().startsWith(word)) return 1
  if (choice.name.includes(word)) return 2
  if (/^[a-z]+$/.test(word)) {
    const at = findInitials(choice.initials, word)
    if (at >= 0) return at === 0 ? 1 : 3
    if (english.split(/\W+/).some((part) => part.startsWith(word))) return 3
  }
  return choice.opens_when.includes(word) ? 4 : null
}

/** What answers to all the typed words (Chinese, pinyin initials, a code, English), the best first. */
export function findChoices(all: Choice[], typed: string, most = 8): Choice[] {
  const words = typed.trim().toLowerCase().split(/\s+/).filter((word) => word !== '')
  if (words.length === 0) return []
  return all
    .flatMap((choice, at) => {
      const ranks = words.map((word) => rankOf(choice, word))
      return ranks.includes(null) ? [] : [{ choice, at, rank: ranks.reduce<number>((sum, rank) => sum + (rank ?? 0), 0) }]
    })
    .sort((a, b) => a.rank - b.rank || a.at - b.at)
    .slice(0, most)
    .map(({ choice }) => choice)
}
