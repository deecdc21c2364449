/** What the server (RFC 9457) or the network said when a call did not succeed. */
export class ApiProblem extends Error {
  /**
   * @param status HTTP status; 0 when no answer came back at all
   * @param code the stable word for it: a rule's name, or `unreachable` / `unexpected` made here
   * @param retryAfterS seconds until it makes sense to ask again, where the server says so
   * @param more what else its body holds, by code
   */
  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    readonly detail: string,
    readonly hint: string,
    readonly retryAfterS: number | null = null,
    readonly more: Record<string, unknown> = {},
  ) {
    super(title)
  }

  /** No answer came: whether the server did what was asked is not known. */
  get answerLost(): boolean {
    return this.status === 0 || this.status >= 500
  }
}

/** Turns anything thrown into a problem that can be shown. */
export function problemOf(thrown: unknown): ApiProblem {
  if (thrown instanceof ApiProblem) return thrown
  return new ApiProblem(0, 'unexpected', '', thrown instanceof Error ? thrown.message : String(thrown), '')
}

/** Reads a problem out of an answer's error body, which a proxy in between may have replaced by anything. */
export function problemFrom({ status, headers }: Response, body: unknown): ApiProblem {
  const known = typeof body === 'object' && body !== null
  const field = (name: string): string => {
    const value = known ? (body as Record<string, unknown>)[name] : null
    return typeof value === 'string' ? value : ''
  }
  const code = field('code')
  // An HTTP date would be NaN here; our server sends seconds.
  const seconds = Number.parseInt(headers.get('Retry-After') ?? '', 10)
  const retryAfterS = Number.isNaN(seconds) ? null : seconds
  return new ApiProblem(status, code || 'unexpected', field('title'), field('detail'), field('hint'), retryAfterS, known ? { ...body } : {})
}

interface Called<T> {
  data?: T
  error?: unknown
  response: Response
}

/** The data of a successful call; throws an {@link ApiProblem} otherwise. */
export async function answerOf<T>(call: Promise<Called<T>>): Promise<T> {
  const { data, error, response } = await call
  if (!response.ok) throw problemFrom(response, error)
  return data as T
}

/** The problem of an answer that was not read yet; leaves the answer readable. */
export async function problemIn(response: Response): Promise<ApiProblem> {
  return problemFrom(response, await response.clone().json().catch(() => null))
}
