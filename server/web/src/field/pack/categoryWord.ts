import { locale } from '../../i18n/locale'
import { packCategories } from './index'

/** What a category is called in the reader's language, by its name; null where there is none. */
export function categoryWord(name: string | null | undefined): string | null {
  if (!name || locale.value !== 'en') return name ?? null
  return packCategories.value.find((one) => one.name === name)?.name_en ?? name
}
