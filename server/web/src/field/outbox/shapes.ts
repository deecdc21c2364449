import type { components } from '../../api/schema'
import type { StatedPosition } from '../../api/types'

type Schemas = components['schemas']

/** What goes out by itself. */
export type Kind = 'report' | 'count' | 'suggestion' | 'command'

/**
 * How far an item is. `draft`: still being made. `waiting`: goes out by itself. `paused`: its owner
 * stopped it. `refused`: kept with its reason until its owner has seen it. `done`: all of it is there.
 */
export type State = 'draft' | 'waiting' | 'paused' | 'refused' | 'done'

/** What a photo was taken for: the problem, the spot once it was put right, or a verification. */
export type Part = 'scene' | 'after' | 'check'

/** A moment by this device's clocks: the one that its owner sets, and one that nobody can. */
export interface Moment {
  /** ISO 8601, by the device's clock. */
  at: string
  /** Milliseconds by a clock that goes forward alone, within the life of the page `life`. */
  tick: number
  life: string
}

/** What a report says beside its photos; times are added when it is sent. */
export type ReportFields = Omit<Schemas['Submission'], 'photos' | 'captured_at' | 'captured_age_ms' | 'sent_at'>

/** N seen, k right. */
export interface CountFields {
  category: string
  condition?: string | null
  position?: StatedPosition | null
  place?: string | null
  seen: number
  right: number
  began_at: string
  ended_at: string
  note?: string
}

/** 投诉建议. */
export interface SuggestionFields {
  text: string
}

/** A step of an issue, decided on the version that the person saw. */
export interface CommandFields {
  issue: number
  version: number
  verb: 'verify'
  passed: boolean
  note: string
  position?: StatedPosition | null
}

/** The fields of each kind. */
export interface Fields {
  report: ReportFields
  count: CountFields
  suggestion: SuggestionFields
  command: CommandFields
}

/** Why something was not taken, in the server's words; the pages say it in their own by `code`. */
export interface Reason {
  status: number
  code: string
  title: string
  detail: string
  hint: string
}

/** What the server made of an item. */
export interface Outcome {
  /** The issue that a report opened or joined, or that a command was about. */
  issue: number | null
  joined: boolean
  stage: string | null
}

/** One item as it is kept: never its photos' bytes. */
export interface ItemRecord<K extends Kind = Kind> {
  /** Made here, before it is sent the first time. */
  id: string
  /** The account that made it: it goes out under this one alone. */
  owner: number
  kind: K
  state: State
  fields: Fields[K]
  /** What its owner reads in the list, such as the category's name. */
  label: string
  captured: Moment
  /** Milliseconds since 1970, by the device's clock. */
  made_at: number
  changed_at: number
  /** The item itself was taken; photos may still be to come. */
  is_taken: boolean
  outcome: Outcome | null
  /** In vain since the last success. */
  attempts: number
  /** Not before this, by the device's clock. */
  not_before: number
  /** How often a no was said that may be somebody else's fault. */
  refusals: number
  reason: Reason | null
}

/** One photo as it is kept; its bytes are a record of their own. */
export interface PhotoRecord {
  id: string
  item: string
  owner: number
  /** Its place among the item's photos. */
  order: number
  part: Part
  sha256: string
  bytes: number
  media_type: string
  captured: Moment
  position: StatedPosition | null
  /** Durable on the server, as far as this device has heard. */
  sent: number
  is_sent: boolean
  /** Its bytes are no longer on this device. */
  is_gone: boolean
  /** How often the server got other bytes than were announced. */
  mismatches: number
  /** Where to send it, by the server's last word: a path. */
  upload_path: string | null
}

/** The bytes of one photo. */
export interface ContentRecord {
  photo: string
  content: ArrayBuffer
}

/** A photo as a screen hands it over. */
export interface NewPhoto {
  blob: Blob
  /** The shutter: `momentNow()` at the time. */
  captured: Moment
  /** Where the device said that it was at the shutter: browsers strip it from the file. */
  position?: StatedPosition | null
  part?: Part
}

/** A photo as the screens see it. */
export type OutboxPhoto = Pick<PhotoRecord, 'id' | 'order' | 'part' | 'bytes' | 'sent' | 'is_sent' | 'is_gone' | 'position' | 'captured' | 'media_type'>

/** An item as the screens see it. */
export interface OutboxItem<K extends Kind = Kind> extends ItemRecord<K> {
  photos: OutboxPhoto[]
  /** It is being sent at this moment, by this tab or another. */
  is_sending: boolean
}
