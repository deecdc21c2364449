import { BASE } from '../../api/transport'
import { setClock } from '../../clock'
import { authorisedFetch } from '../../session'
import { noteClock } from './anchors'
import { readAnswer, silence } from './answer'
import { uploadParts } from './upload'

const TIMEOUT_MS = 45_000

/** What is sent of one photo, and who is told on the way. */
export interface Upload {
  owner: number
  path: string
  content: ArrayBuffer
  media_type: string
  sha256: string
  /** So many bytes left this device; `durable` when the server has them. */
  onSent: (bytes: number, durable: boolean) => void
  /** Asked between parts: its owner may have paused or deleted the item. */
  isWanted: () => boolean
}

/** The way to the server: every answer is the API's own, everything else an `ApiProblem`. */
export interface Wire {
  send: (owner: number, method: 'PUT' | 'POST', path: string, body: unknown, headers?: Record<string, string>) => Promise<Record<string, unknown>>
  upload: (upload: Upload) => Promise<void>
}

async function withTimeout(request: (signal: AbortSignal) => Promise<Response>): Promise<Record<string, unknown>> {
  const ending = new AbortController()
  const timer = setTimeout(() => { ending.abort() }, TIMEOUT_MS)
  try {
    const response = await request(ending.signal)
    const answer = await readAnswer(response)
    setClock(response)
    noteClock()
    return answer
  } catch (thrown) {
    // Broken off while the answer was read.
    throw ending.signal.aborted ? silence() : thrown
  } finally {
    clearTimeout(timer)
  }
}

/** The real one. */
export const wire: Wire = {
  send: (owner, method, path, body, headers = {}) =>
    withTimeout((signal) => {
      const init = { method, body: JSON.stringify(body), headers: { 'Content-Type': 'application/json', ...headers }, redirect: 'manual' as const, signal }
      return authorisedFetch(new Request(`${BASE}${path}`, init), owner)
    }),
  upload: uploadParts,
}
