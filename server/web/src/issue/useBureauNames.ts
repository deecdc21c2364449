import { computed, shallowRef } from 'vue'
import { listBureaus } from '../api/client'
import { locale } from '../i18n/locale'

/** Names of bureaus by code; the code itself until, or unless, the list has come. */
export function useBureauNames() {
  const names = shallowRef(new Map<string, { zh: string; en: string }>())
  listBureaus().then(
    (bureaus) => {
      names.value = new Map(bureaus.map((bureau) => [bureau.code, { zh: bureau.name, en: bureau.name_en ?? bureau.name }]))
    },
    // A page of codes is still readable; the page's own call reports a lost network.
    () => undefined,
  )
  const nameOf = computed(() => (code: string): string => names.value.get(code)?.[locale.value] ?? code)
  return { nameOf }
}
