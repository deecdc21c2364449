import { ApiProblem, problemFrom } from '../../api/problem'

/*
 * What counts as an answer: only what is marked as the API's own. A redirect, a captive portal's page
 * with status 200, half an answer and a proxy's error page are silence, after which nobody knows
 * whether the request arrived. The same rules as docs/sync.md, “Answers, and what to do”.
 */

/** However long Retry-After says, a device looks again after this: a proxy's clock may be wrong. */
export const LONGEST_WAIT_S = 900
/** So often a no that may be somebody else's fault must have been said. */
export const BELIEVED_AFTER = 3

/** Nothing of the API's came back. */
export function silence(retryAfterS: number | null = null): ApiProblem {
  return new ApiProblem(0, 'unreachable', '', '', '', retryAfterS)
}

/** The seconds that anybody asks to wait. */
export function retryAfterOf(header: string | null): number | null {
  const seconds = Number.parseInt(header ?? '', 10)
  return Number.isNaN(seconds) ? null : Math.min(Math.max(seconds, 0), LONGEST_WAIT_S)
}

/** Reads the API's yes; throws its problem, or silence. */
export async function readAnswer(response: Response): Promise<Record<string, unknown>> {
  const type = response.headers.get('Content-Type')?.split(';')[0]?.trim() ?? ''
  const wait = retryAfterOf(response.headers.get('Retry-After'))
  const body: unknown = await response.json().catch(() => null)
  const isObject = typeof body === 'object' && body !== null
  if (response.ok && type === 'application/json' && isObject) return body as Record<string, unknown>
  if (response.status >= 400 && type === 'application/problem+json' && isObject && 'code' in body) throw problemFrom(response, body)
  throw silence(wait)
}

/** How final a no is: try again; believe it when it was said three times; it stands. */
export type Weight = 'later' | 'if-repeated' | 'final'

const DUTIES = ['password-change-required', 'second-factor-setup-required']
const BROKEN_OFF = ['body-broken-off', 'upload-broken-off']
const MAYBE_NOT_OURS = ['photo-digest-mismatch', 'photo-length-mismatch', 'photo-before-report']

/** How final this problem is. */
export function weightOf({ status, code }: ApiProblem): Weight {
  if (status === 0 || status === 401 || DUTIES.includes(code) || BROKEN_OFF.includes(code)) return 'later'
  if ([408, 423, 425, 429, 460].includes(status) || status >= 500) return 'later'
  if ([400, 403, 410, 413, 415].includes(status) || MAYBE_NOT_OURS.includes(code) || code === 'tus-404') return 'if-repeated'
  return 'final'
}
