import { ageOf } from './age'
import type { CommandFields, CountFields, ItemRecord, PhotoRecord, ReportFields, SuggestionFields } from './shapes'
import { sideOf } from './sides'

type Body = Record<string, unknown>

function lineOf({ id, sha256, bytes, media_type, captured, position }: PhotoRecord): Body {
  return { photo_id: id, sha256, bytes, media_type, captured_at: captured.at, position }
}

/** The body of a report: but for its age and the time of sending, the same each time. */
export function reportBody(item: ItemRecord, photos: PhotoRecord[]): Body {
  const fields = item.fields as ReportFields
  const manifest = photos.map((photo) => (fields.self_handled ? { ...lineOf(photo), part: sideOf(photo) } : lineOf(photo)))
  return { ...fields, captured_at: item.captured.at, captured_age_ms: ageOf(item.captured), sent_at: new Date().toISOString(), photos: manifest }
}

/** The body of a step of an issue. */
export function commandBody({ id, fields }: ItemRecord, photos: PhotoRecord[]): Body {
  const { passed, note } = fields as CommandFields
  return { command_id: id, passed, note, photos: photos.map(lineOf) }
}

/** Where a count or a suggestion goes, and what it says. */
export function plainBody(item: ItemRecord): [path: string, body: Body] {
  const sent_at = new Date().toISOString()
  return item.kind === 'count'
    ? [`/counts/${item.id}`, { ...(item.fields as CountFields), captured_age_ms: ageOf(item.captured), sent_at }]
    : [`/suggestions/${item.id}`, { text: (item.fields as SuggestionFields).text, sent_at }]
}
