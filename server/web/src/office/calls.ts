import { BASE } from '../api/transport'
import { problemIn } from '../api/problem'
import { authorisedFetch } from '../session'
import type { Counts, Morning, Opinion, Opinions } from './wire'

async function ask<T>(path: string, body?: unknown): Promise<T> {
  const how = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }
  const response = await authorisedFetch(new Request(`${BASE}${path}`, how))
  if (!response.ok) throw await problemIn(response)
  return await response.json() as T
}

/** What the 8:30 meeting looks at. */
export const getMorning = (): Promise<Morning> => ask('/morning')

/** Complaints and suggestions, the newest first. */
export const listOpinions = (state: 'open' | 'answered', after: string | null): Promise<Opinions> =>
  ask(`/suggestions?state=${state}&limit=50${after === null ? '' : `&after=${encodeURIComponent(after)}`}`)

/** Answers one; the same command again changes nothing. */
export const answerOpinion = (id: string, command_id: string, text: string): Promise<Opinion> => ask(`/suggestions/${id}:answer`, { command_id, text })

/** Counts that ended since an instant, with the sums of all of them. */
export const listCounts = (from: string): Promise<Counts> => ask(`/counts?limit=100&from=${encodeURIComponent(from)}`)
