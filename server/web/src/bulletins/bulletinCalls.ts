import { api } from '../api/client'
import { answerOf, problemIn } from '../api/problem'
import { BASE } from '../api/transport'
import type { Bulletin, BulletinAsk, BulletinMemberPage, BulletinMemberQuery, BulletinPage, BulletinQuery, BulletinReplay } from '../api/types'
import { authorisedFetch } from '../session'
import type { BulletinBody } from './bulletin'

/** One page of bulletins, the newest first. */
export function listBulletins(query: BulletinQuery): Promise<BulletinPage> {
  return answerOf(api.GET('/bulletins', { params: { query } }))
}

/** A bulletin as it was issued. */
export async function getBulletin(id: number): Promise<Bulletin & { body: BulletinBody }> {
  return (await answerOf(api.GET('/bulletins/{id}', { params: { path: { id } } }))) as unknown as Bulletin & { body: BulletinBody }
}

/** What it would say if it were issued now. */
export async function previewBulletin(body: BulletinAsk): Promise<BulletinBody> {
  return (await answerOf(api.POST('/bulletins/preview', { body }))) as unknown as BulletinBody
}

/** 发布; the same id again gives the one that is there. */
export function issueBulletin(body: BulletinAsk & { id: string; for_all: boolean }): Promise<Bulletin> {
  return answerOf(api.POST('/bulletins', { body }))
}

/** Whether the log still gives it, byte for byte. */
export function replayBulletin(id: number): Promise<BulletinReplay> {
  return answerOf(api.GET('/bulletins/{id}/replay', { params: { path: { id } } }))
}

/** The issues behind a figure. */
export function listMembers(id: number, query: BulletinMemberQuery): Promise<BulletinMemberPage> {
  return answerOf(api.GET('/bulletins/{id}/members', { params: { path: { id }, query } }))
}

/** A bulletin on paper or as a workbook; the token goes in a header, never into an address. */
export async function fileOf(id: number, file: 'paper.pdf' | 'workbook.xlsx'): Promise<Blob> {
  const response = await authorisedFetch(new Request(`${BASE}/bulletins/${String(id)}/${file}`))
  if (!response.ok) throw await problemIn(response)
  return response.blob()
}
