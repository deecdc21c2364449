import type { Check } from '../api/types'

type T = (key: string, values?: Record<string, unknown>) => string

/** Why an issue is looked at this way, in sentences. */
export function checkWords({ way, because, draw }: Check, t: T): string[] {
  if (!draw) return [t(`verification.because.${because}`)]
  const key = because === 'drawn' && way === 'desk' ? 'drawnDesk' : because
  const drawn = t(`verification.because.${key}`, { percent: draw.percent, number: draw.number, below: draw.percent * 100 })
  return draw.raised_by === null ? [drawn] : [drawn, t('verification.raised', { issue: draw.raised_by, left: draw.raised_left ?? 0 })]
}
