import { api } from '../api/client'
import { answerOf } from '../api/problem'
import type { Link, LinkPage } from '../api/types'

/** The links of an issue that the reader may see, and the drafts that came by them. */
export function listLinks(id: number): Promise<LinkPage> {
  return answerOf(api.GET('/issues/{id}/links', { params: { path: { id } } }))
}

/** What a new link says; the same id again gives the same link. */
export interface NewLink { id: string; for_whom: string; task: string; hours: number }

/** Makes a link. */
export function makeLink(id: number, body: NewLink): Promise<Link> {
  return answerOf(api.POST('/issues/{id}/links', { params: { path: { id } }, body }))
}

/** Takes a link back. */
export function revokeLink(id: number, link: string): Promise<Link> {
  return answerOf(api.POST('/issues/{id}/links/{link}:revoke', { params: { path: { id, link } } }))
}

/** Throws a draft away. */
export function discardDraft(id: number, draft: string): Promise<LinkPage> {
  return answerOf(api.POST('/issues/{id}/drafts/{draft}:discard', { params: { path: { id, draft } } }))
}

/** The address to send on: as the server says it, or on the address that these pages came from. */
export function addressOf(url: string): string {
  return new URL(url, location.origin).href
}
