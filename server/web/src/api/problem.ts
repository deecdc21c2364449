/** What the server (RFC 9457) or the network said when a call did not succeed. */
export class ApiProblem extends Error {
  /**
   * @param status HTTP status; 0 when no answer came back at all
   * @param code the stable word for it: a rule's name, or `unreachable` / `unexpected` made here
   */
  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    readonly detail: string,
    readonly hint: string,
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

/** Reads a problem out of an error body, which a proxy in between may have replaced by anything. */
export function problemFrom(status: number, body: unknown): ApiProblem {
  const field = (name: string): string => {
    const value = (body as Record<string, unknown> | null)?.[name]
    return typeof value === 'string' ? value : ''
  }
  const known = typeof body === 'object' && body !== null
  const code = known ? field('code') : ''
  return new ApiProblem(status, code || 'unexpected', known ? field('title') : '', known ? field('detail') : '', known ? field('hint') : '')
}

interface Called<T> {
  data?: T
  error?: unknown
  response: Response
}

/** The data of a successful call; throws an {@link ApiProblem} otherwise. */
export async function answerOf<T>(call: Promise<Called<T>>): Promise<T> {
  const { data, error, response } = await call
  if (!response.ok) throw problemFrom(response.status, error)
  return data as T
}
