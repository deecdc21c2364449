import { computed, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { listAreas } from '../../api/client'
import { useReferenceNames } from '../../issue/useReferenceNames'

/** Bureaus, symbols and criteria of rules in words. */
export function useRuleWords() {
  const { t, te } = useI18n()
  const names = useReferenceNames()
  const areas = shallowRef(new Map<string, string>())
  listAreas().then((all) => { areas.value = new Map(all.features.map(({ properties: p }) => [String(p?.['code']), String(p?.['name'])])) }, () => undefined)

  const word = (path: string, value: string): string => (te(`${path}.${value}`) ? t(`${path}.${value}`) : value)
  const target = (code: string): string => (code.startsWith('@') ? word('rules.symbol', code.slice(1)) : names.value.bureau(code))

  function criterion(key: string, value: string): string {
    switch (key) {
      case 'category': return names.value.category(value)
      case 'condition': return names.value.condition(value)
      case 'area': return areas.value.get(value) ?? value
      case 'owner': case 'duty': return names.value.bureau(value)
      case 'place': return word('reference.kindOf', value)
      case 'source': return word('source', value)
      default: return value
    }
  }

  const comma = (list: string[]): string => list.join(t('photos.comma'))
  return computed(() => ({
    target,
    targets: (codes: string[]) => comma(codes.map(target)) || t('app.none'),
    criterion: (key: string, values: string[]) => `${word('rules.criterion', key)}${t('photos.colon')}${comma(values.map((value) => criterion(key, value)))}`,
    area: (code: string) => areas.value.get(code) ?? code,
  }))
}
