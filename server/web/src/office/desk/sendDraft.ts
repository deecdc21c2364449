import { api, getIssue, putPhoto, sendCommand } from '../../api/client'
import { answerOf, problemOf } from '../../api/problem'
import { statedOf } from '../../maps/picked'
import type { Draft, Filed } from './drafts'

/** The place's name goes before what was written, where that does not say it: a report has no other field for it. */
export function noteOf({ note, place }: Pick<Draft, 'note' | 'place'>): string {
  const written = note.trim()
  if (!place?.name || written.includes(place.name)) return written
  return written === '' ? place.name : `${place.name}：${written}`
}

/** The report as it is sent: of one draft always the same. */
export function bodyOf(draft: Draft) {
  const { source, category, condition, place, photos, handedInAt, madeAt } = draft
  return {
    source,
    note: noteOf(draft),
    captured_at: handedInAt ?? madeAt,
    ...(category && { category }),
    ...(condition && { condition }),
    position: place && statedOf(place),
    photos: photos.map((photo) => photo.manifest),
  }
}

/**
 * Files what the desk has given a condition. That it was filed already, or that somebody else has
 * decided meanwhile, is no failure: the report is here, and the triage shows what is left to do.
 */
async function file({ category, condition, fileCommand }: Draft, id: number): Promise<void> {
  const issue = await getIssue(id)
  if (!issue.allowed.includes('file')) return
  try {
    await sendCommand('file', issue, { command_id: fileCommand, category, condition })
  } catch (thrown) {
    if (problemOf(thrown).answerLost) throw thrown
  }
}

/** Sends the report, files it where that is wanted, then the photos that have not arrived yet. */
export async function sendDraft(draft: Draft): Promise<Filed> {
  const receipt = await answerOf(api.PUT('/reports/{id}', { params: { path: { id: draft.id } }, body: bodyOf(draft) }))
  if (draft.fileAtOnce && draft.condition && receipt.stage === 'reported') await file(draft, receipt.issue)
  const here = new Set(receipt.photos.filter((photo) => photo.state !== 'announced').map((photo) => photo.photo_id))
  for (const { manifest, bytes } of draft.photos) {
    if (!here.has(manifest.photo_id)) await putPhoto(manifest.sha256, bytes, manifest.media_type)
  }
  return { issue: receipt.issue, joined: receipt.joined }
}
