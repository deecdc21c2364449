import { shortTime } from '../clock'
import { locale } from '../i18n/locale'

/** Whole yuan, in the reader's way of grouping digits. */
export function yuan(amount: number, t: (key: string, values: Record<string, unknown>) => string): string {
  return t('request.yuan', { n: amount.toLocaleString(locale.value === 'en' ? 'en' : 'zh-CN') })
}

/** What was asked for, in a sentence. */
export function requestWords(
  one: { kind: string; until: string | null; cost_yuan: number | null; bureau: string | null },
  t: (key: string, values: Record<string, unknown>) => string,
): string {
  const by = one.bureau ? 'asked' : 'ordered'
  return t(`request.${by}.${one.kind}`, { at: one.until ? shortTime(one.until) : '', cost: one.cost_yuan === null ? '' : yuan(one.cost_yuan, t) })
}
