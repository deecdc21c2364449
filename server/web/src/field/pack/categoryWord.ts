import { called } from '../../i18n/called'
import { packCategories } from './index'

/** What a category is called in the reader's language, by its name; null where there is none. */
export function categoryWord(name: string | null | undefined): string | null {
  const found = packCategories.value.find((one) => one.name === name)
  return found ? called(found) : name ?? null
}

/** The same by its code; the code where the pack does not know it. */
export function categoryByCode(code: string): string {
  const found = packCategories.value.find((one) => one.code === code)
  return found ? called(found) : code
}
