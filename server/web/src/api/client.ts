import createClient from 'openapi-fetch'
import { authorisedFetch } from '../session'
import { answerOf, problemIn } from './problem'
import type { paths } from './schema'
import { BASE } from './transport'
import type {
  Areas, Bureau, Category, CommandBody, CommandWord, Issue, IssueDetail, IssueEvent, IssueLimit, IssuePage, IssueQuery, Point, RoutingSuggestion, SeenIssue, SuggestRequest, Viewing,
} from './types'

/** The API with the session's token; calls of more than one place are named below. */
export const api = createClient<paths>({ baseUrl: BASE, fetch: (request) => authorisedFetch(request) })

/** One page of the reader's list. */
export function listIssues(query: IssueQuery): Promise<IssuePage> {
  return answerOf(api.GET('/issues', { params: { query } })) as Promise<IssuePage>
}

/** Everything about one issue. */
export function getIssue(id: number): Promise<IssueDetail> {
  return answerOf(api.GET('/issues/{id}', { params: { path: { id } } })) as Promise<IssueDetail>
}

/** What happened to one issue, oldest first. */
export async function listIssueEvents(id: number): Promise<IssueEvent[]> {
  return (await answerOf(api.GET('/issues/{id}/events', { params: { path: { id } } }))).items as IssueEvent[]
}

/** Whom a finding was shown to while it was blind, the first one first. */
export async function listViewings(id: number): Promise<Viewing[]> {
  return (await answerOf(api.GET('/issues/{id}/viewings', { params: { path: { id } } }))).items
}

/** How an issue's limit came to end when it does. */
export async function getIssueLimit(id: number): Promise<IssueLimit> {
  return answerOf(api.GET('/issues/{id}/limit', { params: { path: { id } } }))
}

/**
 * Asks for a transition of `issue` as the reader saw it: `If-Match` carries the version, so that
 * nobody decides on something that changed meanwhile (412 `version-stale`).
 */
export function sendCommand(word: CommandWord, issue: SeenIssue, body: CommandBody): Promise<Issue> {
  const params = { path: { id: issue.id }, header: { 'If-Match': `"${issue.version}"` } }
  // The ten paths differ by the word alone; `bodyOf` has already tied the body to it.
  const path = `/issues/{id}:${word}` as '/issues/{id}:accept'
  return answerOf(api.POST(path, { params, body })) as Promise<Issue>
}

/** What is known of a problem before it is decided on: what it may be, where it would go, what is open nearby. */
export function suggestRoute(body: SuggestRequest): Promise<RoutingSuggestion> {
  return answerOf(api.POST('/routing:suggest', { body })) as Promise<RoutingSuggestion>
}

/** A photo as it was taken, or one of what the server made of it. */
export type Rendition = 'original' | 'large' | 'thumbnail'

async function bytesAt(path: string): Promise<Blob> {
  const response = await authorisedFetch(new Request(`${BASE}${path}`))
  if (!response.ok) throw await problemIn(response)
  return response.blob()
}

/** The bytes of one photo. An `<img>` cannot send the bearer token, so they are fetched here. */
export function getPhoto(sha256: string, rendition: Rendition): Promise<Blob> {
  return bytesAt(`/photos/${sha256}${rendition === 'original' ? '' : `/${rendition}`}`)
}

/** A photo with time, place and taker drawn onto it; `subject` is the report or command that announced it. */
export function getWatermarked(subject: string, photoId: string): Promise<Blob> {
  return bytesAt(`/reports/${subject}/photos/${photoId}/watermarked`)
}

/** Stores the bytes that a manifest announced. Repeating it is harmless. */
export async function putPhoto(sha256: string, bytes: Blob, mediaType: string): Promise<void> {
  const request = new Request(`${BASE}/photos/${sha256}`, {
    method: 'PUT',
    body: bytes,
    headers: { 'Content-Type': mediaType },
  })
  const response = await authorisedFetch(request)
  if (!response.ok) throw await problemIn(response)
}

/** Remembers a successful answer until the page is closed; a failure is asked again. */
export function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let kept: Promise<T> | null = null
  return () => {
    kept ??= ask().catch((thrown: unknown) => {
      kept = null
      throw thrown
    })
    return kept
  }
}

/** Every point, with its radius and geometry. */
export const listPoints = once(async () => (await answerOf(api.GET('/points'))).items as unknown as Point[])

/** Every area, as GeoJSON. */
export const listAreas = once(async () => (await answerOf(api.GET('/areas', { parseAs: 'json' }))) as unknown as Areas)

/** Every bureau. */
export const listBureaus = once<Bureau[]>(async () => (await answerOf(api.GET('/bureaus'))).items)

/** Every category with its conditions. */
export const listCategories = once<Category[]>(async () => (await answerOf(api.GET('/categories'))).items)
