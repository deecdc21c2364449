import { problemIn } from '../api/problem'
import type { components } from '../api/schema'
import { BASE, send } from '../api/transport'
import { setClock } from '../clock'

/** An issue as its link shows it. */
export type GuestIssue = components['schemas']['GuestIssue']
/** A draft as it is sent. */
export type DraftSubmission = components['schemas']['DraftSubmission']

/** What stands behind `#`: it goes to the server in a header alone, so that it is in no log. */
const token = (): string => location.hash.slice(1)

async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = { ...init.headers, Authorization: `Link ${token()}` }
  const response = await send(new Request(`${BASE}/guest${path}`, { ...init, headers }))
  if (!response.ok) throw await problemIn(response)
  return response
}

/** What the link shows now. */
export async function getIssue(): Promise<GuestIssue> {
  const response = await ask('/issue')
  setClock(response)
  return await response.json() as GuestIssue
}

/** A picture of the problem, or of what was sent. */
export async function getPicture(sha256: string, size: 'large' | 'thumbnail'): Promise<Blob> {
  return (await ask(`/photos/${sha256}/${size}`)).blob()
}

/** Sends a draft; the same again changes nothing. */
export async function putDraft(id: string, draft: DraftSubmission): Promise<void> {
  await ask(`/drafts/${id}`, { method: 'PUT', body: JSON.stringify(draft), headers: { 'Content-Type': 'application/json' } })
}

/** Sends the bytes of a photo that the draft announced; the same again changes nothing. */
export async function putPhoto(draft: string, sha256: string, bytes: Blob, mediaType: string): Promise<void> {
  await ask(`/drafts/${draft}/photos/${sha256}`, { method: 'PUT', body: bytes, headers: { 'Content-Type': mediaType } })
}
