import { api } from '../../api/client'
import { answerOf } from '../../api/problem'
import type { Linted, Rules, RulesVersion, Tried, TryRules } from '../../api/adminTypes'

/** The rules in force, as they were written. */
export function getRules(): Promise<Rules> {
  return answerOf(api.GET('/routing')) as Promise<Rules>
}

/** Rules that are or were in force. */
export function getVersion(name: string): Promise<Rules> {
  return answerOf(api.GET('/routing/versions/{name}', { params: { path: { name } } })) as Promise<Rules>
}

/** Every version, the newest first. */
export async function listVersions(): Promise<RulesVersion[]> {
  return (await answerOf(api.GET('/routing/versions'))).items
}

/** What is wrong with a draft. */
export function lint(text: string): Promise<Linted> {
  return answerOf(api.POST('/routing:lint', { body: { text } }))
}

/** What a draft would have done with past issues. */
export function tryRules(asked: TryRules): Promise<Tried> {
  return answerOf(api.POST('/routing:try', { body: asked }))
}
