import { computed, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { listAreas } from '../../api/client'
import type { SiteKind } from '../../api/adminTypes'
import { locale } from '../../i18n/locale'
import { useReferenceNames } from '../../issue/useReferenceNames'
import { listSiteKinds } from './referenceCalls'
import type { Item, SetName } from './sets'

interface Condition { code: string; opens_when: string; closes_when: string; limit: string; limit_text?: string | null; published: boolean; unpublished_why?: string | null }
interface CheckItem { code: string; text: string; text_en?: string | null }

/** What the fields of reference data are called in words. */
export function useItemWords() {
  const { t, te } = useI18n()
  const names = useReferenceNames()
  const areas = shallowRef(new Map<string, string>())
  const kinds = shallowRef(new Map<string, SiteKind>())
  const unread = (): void => undefined
  listAreas().then((all) => { areas.value = new Map(all.features.map(({ properties: p }) => [String(p?.['code']), String(p?.['name'])])) }, unread)
  listSiteKinds().then((all) => { kinds.value = new Map(all.map((kind) => [kind.code, kind])) }, unread)

  const word = (path: string, value: unknown): string => {
    const key = `${path}.${String(value)}`
    return te(key) ? t(key) : String(value ?? '')
  }
  const siteKind = (code: string): string => {
    const kind = kinds.value.get(code)
    return (locale.value === 'en' ? kind?.name_en : null) ?? kind?.name ?? code
  }
  const texts = (list: unknown): string => (Array.isArray(list) ? list.map(String).join(t('photos.comma')) : '')
  const span = (from: unknown, until: unknown): string => (until ? `${String(from)} – ${String(until)}` : t('reference.since', { from: String(from ?? '') }))
  const codes = (list: unknown, name: (code: string) => string): string => texts(Array.isArray(list) ? list.map((code) => name(String(code))) : [])
  const limit = (one: Condition): string => one.limit_text || one.limit || t('due.none')

  function conditions(list: unknown): string[] {
    return (list as Condition[]).map((one) =>
      `${t('reference.condition', { opens: one.opens_when, closes: one.closes_when, limit: limit(one) })}${one.published ? '' : t('reference.unpublished', { why: one.unpublished_why ?? '' })}`)
  }

  function covers(list: unknown): string {
    const things = list as { kind: string; code: string }[] | null
    return (things ?? []).map(({ kind, code }) => `${word('reference.item', kind)} ${code}`).join(t('photos.comma'))
  }

  /** A field of an item, or each line of it. */
  function field(set: SetName, item: Item, column: string): string[] {
    const value = item[column]
    switch (column) {
      case 'conditions': return conditions(value)
      case 'checklist': return (value as CheckItem[]).map((one) => (locale.value === 'en' && one.text_en ? one.text_en : one.text))
      case 'categories': return [codes(value, (code) => names.value.category(code))]
      case 'hours': return [texts(value)]
      case 'covers': return [covers(value)]
      case 'from': return [span(value, item['until'])]
      case 'radius_m': return [t('distance.metres', { n: Number(value) })]
      case 'owner': case 'bureau': case 'unit': return [value ? names.value.bureau(String(value)) : '']
      case 'area': case 'parent': return [value ? areas.value.get(String(value)) ?? String(value) : '']
      case 'managed': return [value === null || value === undefined ? '' : t(value ? 'reference.managed.yes' : 'reference.managed.no')]
      case 'kind': return [kindWord(set, String(value ?? ''))]
      case 'level': return [word('reference.level', value)]
      case 'standard': return [word('reference.standard', value)]
      case 'title': return [word('reference.dutyTitle', value)]
      case 'authority': return [word('reference.authority', value)]
      default: return [String(value ?? '')]
    }
  }

  function kindWord(set: SetName, kind: string): string {
    if (set === 'sites') return siteKind(kind)
    if (set === 'points') return word('kind', kind)
    return word('reference.kindOf', kind)
  }

  /** What an item is called; a duty has no name, a bureau or category may have an English one. */
  function title(item: Item): string {
    const english = locale.value === 'en' ? item['name_en'] : null
    return String(english || item.name || '')
  }

  return computed(() => ({ field, title }))
}
