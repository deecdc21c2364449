import { locale } from '../i18n/locale'

/** Units of the standards' limits, one and many. */
const UNITS: Record<string, [one: string, many: string]> = {
  紧急工作时: ['urgent hour', 'urgent hours'],
  紧急工作日: ['urgent day', 'urgent days'],
  工作时: ['office hour', 'office hours'],
  工作日: ['working day', 'working days'],
  自然日: ['calendar day', 'calendar days'],
}

function stage(text: string): string | null {
  const found = /^(\d+)(\D+)$/.exec(text.trim())
  const unit = found?.[2] === undefined ? undefined : UNITS[found[2]]
  return found && unit ? `${found[1]} ${unit[found[1] === '1' ? 0 : 1]}` : null
}

/** A time limit such as `2紧急工作时+5工作日` in the reader's language; as it is where it is none. */
export function limitWords(limit: string): string {
  if (locale.value !== 'en') return limit.replaceAll('+', '，然后')
  const stages = limit.split('+').map(stage)
  return stages.every((one) => one !== null) ? stages.join(', then ') : limit
}
