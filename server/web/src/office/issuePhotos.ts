import { getIssue } from '../api/client'
import type { IssueDetail, Photo } from '../api/types'

/** Details asked for within this time are good enough for a picture and its caption. */
const FRESH_MS = 60_000
const kept = new Map<number, { at: number; detail: Promise<IssueDetail> }>()

/** An issue's details, asked for once by all that show its picture. */
export function detailOf(id: number): Promise<IssueDetail> {
  const had = kept.get(id)
  if (had && Date.now() - had.at < FRESH_MS) return had.detail
  const detail = getIssue(id)
  kept.set(id, { at: Date.now(), detail })
  detail.catch(() => kept.delete(id))
  return detail
}

/** The photos of an issue's reports of which there are pictures, the first report's first. */
export function picturesOf({ reports }: Pick<IssueDetail, 'reports'>): Photo[] {
  return reports.flatMap((report) => report.photos).filter(({ state }) => state === 'ready' || state === 'stored')
}
