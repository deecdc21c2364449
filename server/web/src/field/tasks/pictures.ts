import { getIssue, getPhoto } from '../../api/client'
import type { Issue, IssueDetail, Photo } from '../../api/types'
import { account } from '../../session'
import { TaskStore } from './store'

const store = new TaskStore()
/** Pictures kept: some 60 issues with before and after, about 20 MB. */
const MOST_PICTURES = 240
const MOST_DETAILS = 200

export type Rendition = 'thumbnail' | 'large'
/** An issue as a list tells it; without `cover` where that was before lists told one. */
type Seen = Pick<Issue, 'id' | 'version'> & Partial<Pick<Issue, 'cover'>>

/** The least lately used go first. A device that is full keeps what it has and takes nothing in. */
async function trim(): Promise<void> {
  const pictures = (await store.pictures.count()) - MOST_PICTURES
  if (pictures > 0) await store.pictures.bulkDelete(await store.pictures.orderBy('used_at').limit(pictures).primaryKeys())
  const details = (await store.details.count()) - MOST_DETAILS
  if (details > 0) await store.details.bulkDelete(await store.details.orderBy('used_at').limit(details).primaryKeys())
}

function quietly(work: Promise<unknown>): void {
  void work.then(trim).catch(() => undefined)
}

/** What this device holds of an issue; null where nothing. */
export async function heldDetail(id: number): Promise<IssueDetail | null> {
  const owner = account.value?.id
  return owner === undefined ? null : (await store.details.get([owner, id]))?.detail ?? null
}

/** Asks the server for an issue, and keeps the answer. */
export async function askDetail(id: number): Promise<IssueDetail> {
  const owner = account.value?.id
  const detail = await getIssue(id)
  if (owner !== undefined) quietly(store.details.put({ owner, id, version: detail.version, detail, used_at: Date.now() }))
  return detail
}

/** The issue as this device holds it if that is its newest version, else as the server tells it. */
async function detailOf({ id, version }: Seen): Promise<IssueDetail> {
  const held = await heldDetail(id)
  // Pictures are made after the bytes have come, without another version.
  const isMade = held?.reports.every(({ photos }) => photos.every(({ state }) => state !== 'stored'))
  if (held !== null && held.version >= version && isMade) return held
  return askDetail(id).catch((thrown: unknown) => {
    if (held !== null) return held
    throw thrown
  })
}

/** The photos of an issue before it was put right, or after, by a bureau or by whoever found it; those of which pictures were made. */
export function photosOf({ reports, rectifications }: Pick<IssueDetail, 'reports' | 'rectifications'>, part: 'before' | 'after'): Photo[] {
  const reported = reports.flatMap(({ photos }) => photos).filter((photo) => (photo.part === 'after') === (part === 'after'))
  const all = part === 'before' ? reported : rectifications.at(-1)?.photos ?? reported
  return all.filter(({ state }) => state === 'ready')
}

/** One rendition of a photo, from this device or else from the server. */
export async function pictureBytes(sha256: string, rendition: Rendition): Promise<Blob> {
  const key = `${sha256}.${rendition}`
  const held = await store.pictures.get(key)
  if (held) {
    quietly(store.pictures.update(key, { used_at: Date.now() }))
    return new Blob([held.content], { type: held.media_type })
  }
  const blob = await getPhoto(sha256, rendition)
  const content = await blob.arrayBuffer()
  quietly(store.pictures.put({ key, content, media_type: blob.type, used_at: Date.now() }))
  return blob
}

/** The first picture of an issue; null where it has none. */
export async function issuePicture(issue: Seen, part: 'before' | 'after', rendition: Rendition): Promise<Blob | null> {
  if (part === 'before' && issue.cover !== undefined) return issue.cover === null ? null : pictureBytes(issue.cover, rendition)
  const photo = photosOf(await detailOf(issue), part)[0]
  return photo ? pictureBytes(photo.sha256, rendition) : null
}

/** Has what a verification needs on this device, for when there is no network where it is done. */
export async function prepareIssue(issue: Seen): Promise<void> {
  const detail = await detailOf(issue)
  for (const part of ['before', 'after'] as const) {
    for (const { sha256 } of photosOf(detail, part).slice(0, 2)) await pictureBytes(sha256, 'large').catch(() => null)
  }
}
