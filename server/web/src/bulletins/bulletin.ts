import type { BulletinMemberQuery, Rate } from '../api/types'

/* What a bulletin says, as docs/bulletins.md has it: kept as text by the server and told as it was issued. */

/** What is issued: 简报, 调度, 通报. */
export const KINDS = ['daily', 'weekly', 'notice'] as const
export type BulletinKind = (typeof KINDS)[number]
/** Which rate counts as on time. */
export const ON_TIME = ['handled', 'closed'] as const
export type OnTime = (typeof ON_TIME)[number]

/** What is counted, in the order in which it is read. */
export const COUNTS = ['due', 'handled', 'handled_on_time', 'closed', 'closed_on_time', 'rework', 'extended', 'suspended', 'self_handled'] as const
export type Count = (typeof COUNTS)[number]
/** What issues are listed for. */
export type ListedFigure = Count | 'overdue'

export const RATES = [['handle_rate', 'handled'], ['on_time_handle_rate', 'handled_on_time'], ['close_rate', 'closed'], ['on_time_close_rate', 'closed_on_time'], ['rework_rate', 'rework'], ['extension_rate', 'extended']] as const

export interface BulletinRow extends Record<(typeof RATES)[number][0], Rate> {
  code: string | null
  name: string | null
  rank: number | null
  tally: Record<Count, number>
}

export interface BulletinGroup { group: string; rows: BulletinRow[] }

export interface BulletinFigures {
  ranking: string
  reported: number
  total: BulletinRow
  groups: BulletinGroup[]
  cooperating: BulletinRow[]
  subdistricts: BulletinRow[]
  point_kinds: BulletinRow[]
  categories: BulletinRow[]
  overdue_count: number
  overdue: { issue: number; lead: string | null; category: string | null; subdistrict: string | null; due_at: string; hours: number }[]
  worst_points: { code: string; name: string | null; overdue: number; due: number }[]
  cards: { white: number; yellow: number; red: number; letters: number }
}

export interface BulletinBody {
  basis: { kind: BulletinKind; title: string; period: { from: string; to: string }; position: number; made_at: string; on_time: OnTime }
  figures: BulletinFigures
}

/** The tables that a bulletin's issues are listed by. */
export type BulletinTable = NonNullable<BulletinMemberQuery['table']> & ('total' | 'bureau' | 'cooperating' | 'subdistrict' | 'point_kind' | 'category')

/** Issues that are asked for: of a row, for a figure. */
export interface Behind { table: BulletinTable; code: string | null; name: string; figure: ListedFigure }
