import type { IssueEvent } from '../api/types'
import type { Locale } from '../i18n/locale'
import { flagTexts, unreadableText } from './photoWords'
import { yuan } from './requestWords'
import type { ReferenceNames } from './useReferenceNames'

/** What telling an event needs: messages, names and times in the reader's language. */
export interface EventWording {
  t: (key: string, values?: Record<string, unknown>) => string
  te: (key: string) => boolean
  names: ReferenceNames
  time: (instant: string) => string
  /** The language of the server's own words. */
  locale: Locale
}

/** An event, or several photos that arrived one after another, as one entry of the timeline. */
export interface Told {
  event: IssueEvent
  title: string
  details: string[]
  /** Nobody decided this: a rule did. */
  byRule: boolean
}

type Payload = IssueEvent['payload']

function text(payload: Payload, field: string): string {
  const value = payload[field]
  return typeof value === 'string' ? value : ''
}

function list(payload: Payload, field: string): string[] {
  const value = payload[field]
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []
}

/** A word of a closed list in the reader's language; one newer than these pages as the server says it. */
function worded(scope: string, word: string, { t, te }: EventWording): string {
  return te(`${scope}.${word}`) ? t(`${scope}.${word}`) : word
}

function byRule({ kind, payload }: IssueEvent): boolean {
  if (kind === 'filed') return payload['automatic'] === true
  if (kind === 'resumed') return payload['note'] === ''
  return kind === 'photo_unreadable' || kind === 'photo_flagged' || kind === 'unrouted' || kind === 'offer_lapsed' || (kind === 'offered' && Boolean(payload['because'])) || kind === 'raised' || kind === 'reassigned' || kind === 'limit_recomputed' || (kind === 'dispatched' && Boolean(payload['because']))
}

/** What was asked for, with its date or its cost. */
function wished(payload: Payload, { t, time }: EventWording): string {
  const until = text(payload, 'until')
  const cost = payload['cost_yuan']
  return [t(`request.kind.${text(payload, 'wish')}`), until && time(until), typeof cost === 'number' ? yuan(cost, t) : ''].filter(Boolean).join(' ')
}

/** What happened, in a sentence; a kind newer than these pages is shown as the server calls it. */
function title(event: IssueEvent, photos: number, words: EventWording): string {
  const { t, te, names } = words
  const { payload } = event
  if (event.kind === 'filed' && payload['automatic'] === true) return t('event.filedByRule', { category: names.category(text(payload, 'category')) })
  if (!te(`event.${event.kind}`)) return event.kind
  if (event.kind === 'offer_lapsed' && payload['all_declined'] === true) return t('event.offer_declined')
  if (event.kind === 'resumed' && !text(payload, 'due_at')) return t('event.resumedUnlimited')
  const scope = event.kind === 'returned' || event.kind === 'refused' || event.kind === 'voided' ? 'reason' : 'outcome'
  return t(`event.${event.kind}`, {
    bureau: event.bureau ? names.bureau(event.bureau) : t('role.bureau'),
    helper: names.bureau(text(payload, 'bureau')),
    by: event.bureau ? names.bureau(event.bureau) : t('request.office'),
    wish: text(payload, 'wish') && wished(payload, words),
    cost: typeof payload['cost_yuan'] === 'number' ? yuan(payload['cost_yuan'], t) : '',
    lead: names.bureau(text(payload, 'lead')),
    category: names.category(text(payload, 'category')),
    condition: names.condition(text(payload, 'condition')),
    reason: worded(scope, text(payload, 'reason'), words),
    outcome: worded(scope, text(payload, 'outcome'), words),
    until: text(payload, 'until') && words.time(text(payload, 'until')),
    dueAt: text(payload, 'due_at') && words.time(text(payload, 'due_at')),
    whom: text(payload, 'for_whom'),
    expires: text(payload, 'expires_at') && words.time(text(payload, 'expires_at')),
    shots: typeof payload['photos'] === 'number' ? payload['photos'] : 0,
    distance: Math.round(typeof payload['distance_m'] === 'number' ? payload['distance_m'] : 0),
    n: photos,
  })
}

/** Why an issue went where it did: a rule's reason names its bureaus, the desk's does not. */
function dispatchDetails({ payload, words }: IssueEvent, { t, names, time, locale }: EventWording): string[] {
  const cooperating = payload['because'] ? '' : list(payload, 'cooperating').map(names.bureau).join(t('event.comma'))
  return [
    cooperating && t('event.cooperating', { bureaus: cooperating }),
    words?.[locale] ?? '',
    text(payload, 'due_at') && t('event.due', { at: time(text(payload, 'due_at')) }),
    t('event.returnable', { at: time(text(payload, 'return_until')) }),
  ]
}

/** What else the payload says. Fields these pages do not know are left out rather than shown raw. */
function details(event: IssueEvent, words: EventWording): string[] {
  const { kind, payload } = event
  const { t, names, time, locale } = words
  const photos = list(payload, 'photos').length
  const due = text(payload, 'due_at')
  const told: Record<string, () => string[]> = {
    reported: () => [payload['blind'] === true ? t('event.blind') : ''],
    joined: () => [payload['against_rectification'] === true ? t('event.againstRectification') : ''],
    raised: () => [due && t('event.due', { at: time(due) })],
    filed: () => [names.condition(text(payload, 'condition'))],
    unrouted: () => [event.words?.[locale] ?? ''],
    dispatched: () => dispatchDetails(event, words),
    offered: () => [t('event.offeredTo', { bureaus: list(payload, 'candidates').map(names.bureau).join(t('event.comma')) }), event.words?.[locale] ?? ''],
    claim_declined: () => [text(payload, 'reason')],
    offer_lapsed: () => [payload['all_declined'] === true ? '' : t('event.lapsedAt', { at: time(text(payload, 'over_at')) })],
    sub_task_set: () => [text(payload, 'task'), due && t('event.due', { at: time(due) })],
    part_released: () => [text(payload, 'reason')],
    overridden: () => [text(payload, 'reason')],
    asked: () => [text(payload, 'reason'), photos > 0 ? t('event.withPhotos', { n: photos }) : ''],
    reviewed: () => [text(payload, 'note'), t('event.reviewBy', { at: time(text(payload, 'review_by')) })],
    resumed: () => [text(payload, 'note') || t('event.byItself')],
    photo_unreadable: () => [unreadableText(text(payload, 'problem'), words)],
    photo_flagged: () => flagTexts(list(payload, 'flags'), words),
  }
  const way = text(payload, 'way')
  const own = told[kind]?.() ?? [way && worded('verification.way', way, words), text(payload, 'note'), photos > 0 ? t('event.withPhotos', { n: photos }) : '']
  return own.filter((detail) => detail !== '')
}

/** The story of an issue, newest first: what happened last is what the reader came for. */
export function timeline(events: IssueEvent[], words: EventWording): Told[] {
  const entries: { event: IssueEvent; photos: number }[] = []
  for (const event of [...events].sort((a, b) => b.n - a.n)) {
    const last = entries.at(-1)
    const follows = event.kind === 'photo_stored' && last?.event.kind === 'photo_stored' && last.event.by === event.by
    if (follows && last) last.photos += 1
    else entries.push({ event, photos: 1 })
  }
  return entries.map(({ event, photos }) => ({
    event, title: title(event, photos, words), details: details(event, words), byRule: byRule(event),
  }))
}
