import { api } from '../api/client'
import { answerOf } from '../api/problem'
import type { Campaign, CountPage, Morning, Suggestion, SuggestionPage, SuspensionPage } from '../api/types'

/** What the 8:30 meeting looks at. */
export function getMorning(): Promise<Morning> {
  return answerOf(api.GET('/morning')) as Promise<Morning>
}

/** Sets the day of the evaluation; null where it is not known. */
export function setCampaign(evaluation_on: string | null): Promise<Campaign> {
  return answerOf(api.PUT('/campaign', { body: { evaluation_on } }))
}

/** Complaints and suggestions, the newest first. */
export function listSuggestions(state: 'open' | 'answered', after: string | null): Promise<SuggestionPage> {
  return answerOf(api.GET('/suggestions', { params: { query: { state, limit: 50, ...(after !== null && { after }) } } }))
}

/** Answers one; the same command again changes nothing. */
export function answerSuggestion(id: string, command_id: string, text: string): Promise<Suggestion> {
  return answerOf(api.POST('/suggestions/{id}:answer', { params: { path: { id } }, body: { command_id, text } }))
}

/** What is deferred or shelved, the one that is to be looked at next first. */
export function listSuspensions(kind: 'shelved' | 'deferred', after: string | null): Promise<SuspensionPage> {
  const query = { kind, limit: 100, ...(after === null ? {} : { after }) }
  return answerOf(api.GET('/suspensions', { params: { query } })) as Promise<SuspensionPage>
}

/** Counts that ended since an instant, with the sums of all of them. */
export function listCounts(from: string): Promise<CountPage> {
  return answerOf(api.GET('/counts', { params: { query: { limit: 100, from } } }))
}
