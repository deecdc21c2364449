import { computed, shallowRef } from 'vue'
import { listBureaus, listCategories } from '../api/client'
import type { Bureau, Category } from '../api/types'
import { locale } from '../i18n/locale'

/** What codes are called, in the reader's language where the reference data has it. */
export interface ReferenceNames {
  /** A bureau's name; the code itself until, or unless, the list has come. */
  bureau: (code: string) => string
  /** A category's name, by code; else `known`, else the code. */
  category: (code: string, known?: string | null) => string
  /** What opens an issue under a condition, by its code. */
  condition: (code: string) => string
}

/** Names of bureaus, categories and conditions by code. */
export function useReferenceNames() {
  const bureaus = shallowRef(new Map<string, Bureau>())
  const categories = shallowRef(new Map<string, Category>())
  const conditions = shallowRef(new Map<string, string>())
  const inEnglish = (named: { name: string; name_en?: string | null } | undefined): string | undefined =>
    (locale.value === 'en' && named?.name_en ? named.name_en : undefined)

  // A page of codes is still readable; the page's own call reports a lost network.
  const unread = (): void => undefined
  listBureaus().then((all) => { bureaus.value = new Map(all.map((bureau) => [bureau.code, bureau])) }, unread)
  listCategories().then((all) => {
    categories.value = new Map(all.map((category) => [category.code, category]))
    conditions.value = new Map(all.flatMap((category) => category.conditions.map((one) => [one.code, one.opens_when])))
  }, unread)

  return computed<ReferenceNames>(() => ({
    bureau: (code) => inEnglish(bureaus.value.get(code)) ?? bureaus.value.get(code)?.name ?? code,
    category: (code, known) => inEnglish(categories.value.get(code)) ?? known ?? categories.value.get(code)?.name ?? code,
    condition: (code) => conditions.value.get(code) ?? code,
  }))
}
