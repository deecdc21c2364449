import { DetailedError, Upload as TusUpload, type HttpResponse } from 'tus-js-client'
import { ApiProblem } from '../../api/problem'
import { tokenOf } from '../../session'
import { retryAfterOf, silence } from './answer'
import type { Upload } from './wire'

const LARGEST_PART = 512 * 1024
const SMALLEST_PART = 16 * 1024
/** Without a byte for so long, the line is taken for dead. */
const STALL_MS = 45_000

/** Grows smaller when a proxy on the way says 413; the next page begins anew. */
let part = LARGEST_PART

function problemBody(response: HttpResponse): Record<string, unknown> | null {
  try {
    const body: unknown = JSON.parse(response.getBody())
    return typeof body === 'object' && body !== null && 'code' in body ? (body as Record<string, unknown>) : null
  } catch {
    return null
  }
}

/** What went wrong, by the API's own words; an answer that bears no `Tus-Resumable` is somebody else's. */
function problemOf(thrown: unknown): ApiProblem {
  if (thrown instanceof ApiProblem) return thrown
  const response = thrown instanceof DetailedError ? thrown.originalResponse : null
  if (!response) return silence()
  const wait = retryAfterOf(response.getHeader('Retry-After') ?? null)
  const status = response.getStatus()
  if (status === 413 && !response.getHeader('Tus-Resumable') && part > SMALLEST_PART) part = Math.max(part / 2, SMALLEST_PART)
  if (status < 400 || !response.getHeader('Tus-Resumable')) return silence(wait)
  const body = problemBody(response)
  const word = (name: string): string => (typeof body?.[name] === 'string' ? body[name] : '')
  // An answer to HEAD has no body.
  return new ApiProblem(status, word('code') || `tus-${status}`, word('title'), word('detail'), word('hint'), wait, body ?? {})
}

/** One run: asks how far the server is, and sends the rest in parts. */
function run(upload: Upload, bearer: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let stalled: ReturnType<typeof setTimeout> | undefined
    let over = false
    const end = (settle: () => void): void => {
      if (over) return
      over = true
      clearTimeout(stalled)
      settle()
    }
    const stop = (thrown: unknown): void => {
      end(() => {
        tus.abort().catch(() => undefined)
        reject(problemOf(thrown))
      })
    }
    const alive = (): void => {
      clearTimeout(stalled)
      if (!over) stalled = setTimeout(() => { stop(silence()) }, STALL_MS)
    }
    const tus = new TusUpload(new Blob([upload.content], { type: upload.media_type }), {
      uploadUrl: `${location.origin}${upload.path}`, chunkSize: part, retryDelays: null, storeFingerprintForResuming: false,
      headers: { Authorization: `Bearer ${bearer}` },
      onBeforeRequest: alive,
      onProgress: (sent) => { alive(); upload.onSent(sent, false) },
      onChunkComplete: (_size, accepted) => {
        upload.onSent(accepted, true)
        if (!upload.isWanted()) stop(new ApiProblem(0, 'stopped', '', '', ''))
      },
      onSuccess: () => { end(resolve) },
      onError: stop,
    })
    alive()
    tus.start()
  })
}

/** Sends a photo to its address in parts, from where the server has it. */
export async function uploadParts(upload: Upload): Promise<void> {
  const token = await tokenOf(upload.owner)
  try {
    await run(upload, token)
  } catch (thrown) {
    if (!(thrown instanceof ApiProblem)) throw thrown
    // Overtaken by its own earlier part, or a token that ended: once more, from where the server is.
    if (thrown.status !== 401 && thrown.status !== 409) throw thrown
    await run(upload, await tokenOf(upload.owner, thrown.status === 401 ? token : undefined))
  }
}
