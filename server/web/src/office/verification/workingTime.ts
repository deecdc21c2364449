type T = (key: string, values?: Record<string, unknown>) => string

/** Working time for people: minutes below two hours, then hours to the tenth. */
export function workingTime(minutes: number, t: T): string {
  if (minutes < 120) return t('verification.minutes', { n: minutes })
  return t('verification.hours', { n: Number((minutes / 60).toFixed(1)) })
}
