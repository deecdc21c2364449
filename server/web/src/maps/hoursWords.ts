import { clockWords, dayRuns, openAt, readHours } from './hours'

type Translate = (key: string, named?: Record<string, unknown>) => string

/** A line of hours as people read it; a line that cannot be read stays as it is. */
export function hoursWords(line: string, t: Translate): string {
  const range = readHours(line)
  if (!range) return line
  const days = dayRuns(range.days).map(([from, to]) => {
    if (from === 0 && to === 6) return t('maps.daily')
    return from === to ? t(`maps.day.${from}`) : t('maps.dayRun', { from: t(`maps.day.${from}`), to: t(`maps.day.${to}`) })
  })
  const until = range.until > 24 * 60 ? t('maps.nextDay', { at: clockWords(range.until) }) : clockWords(range.until)
  return `${days.join(t('maps.dayComma'))} ${clockWords(range.from)}–${until}`
}

/** Whether a permitted zone is open now and until when, or when it opens next. */
export function openWords(lines: string[], now: number, t: Translate): { open: boolean; words: string } {
  const { open, change } = openAt(lines, now)
  if (!change) return { open, words: t(open ? 'maps.openAlways' : 'maps.closed') }
  const when = { day: t(`maps.day.${change.day}`), at: clockWords(change.minute === 0 ? 24 * 60 : change.minute) }
  return { open, words: t(open ? 'maps.openUntil' : 'maps.closedUntil', when) }
}
