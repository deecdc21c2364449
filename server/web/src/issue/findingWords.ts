import type { Finding, IssueDetail, Photo } from '../api/types'
import { spanWords } from './due'

type T = (key: string, values?: Record<string, unknown>) => string

/** A finding in a sentence, with its numbers. A code newer than these pages is shown as the server says it. */
export function findingText(finding: Finding, { t, te }: { t: T; te: (key: string) => boolean }): string {
  const own = finding.same_issue === true ? { 'seen-before': 'seen-own', copied: 'copied-own' }[finding.code] : undefined
  const key = `evidence.found.${own ?? finding.code}`
  if (!te(key)) return finding.code
  const { key: span, ...parts } = spanWords((finding.seconds ?? 0) * 1_000)
  const whole = (number: number | null | undefined): number => Math.round(number ?? 0)
  const witness = finding.code === 'too-far' ? 'by' : 'clock'
  return t(key, {
    of: finding.issue != null ? t('evidence.issue', { id: finding.issue }) : t('evidence.other'),
    // Never more than there is: 99.6 % the same is not the same.
    percent: Math.floor(finding.percent ?? 0),
    span: t(span, parts), metres: whole(finding.metres), accuracy: whole(finding.accuracy_m),
    within: finding.accuracy_m != null ? t('evidence.within', { m: whole(finding.accuracy_m) }) : '',
    by: finding.by ? t(`evidence.${witness}.${finding.by}`) : '',
  })
}

/** The photos that an issue would close by: those of its last rectification, else what its finder fixed. */
export function proofOf({ reports, rectifications, self_handled }: Pick<IssueDetail, 'reports' | 'rectifications' | 'self_handled'>): Photo[] {
  const last = rectifications.at(-1)?.photos
  if (last) return last
  return self_handled ? reports.flatMap(({ photos }) => photos).filter(({ part }) => part === 'after') : []
}
