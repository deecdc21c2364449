import { putPhoto } from '../api/client'
import { ApiProblem } from '../api/problem'
import { BASE } from '../api/transport'
import { account } from '../session'
import type { ChosenPhoto } from './commands'

/** Photos up to this size go in one request; larger ones in parts, so that a broken line costs a part only. */
export const IN_ONE = 512 * 1024
/** A line that breaks is tried again by itself, after so many milliseconds each. */
const AGAIN_AFTER_MS = [1_000, 3_000, 8_000]
/** What a fresh attempt may be given for: the bytes got wrong on the way, or the attempt is too old. */
const FRESH = new Set([410, 422])

/**
 * Sends the bytes of a photo that `command` announced; `onSent` hears how many bytes have left. Called
 * again, it goes on from where the server is.
 */
export async function sendPhoto(command: string, { file, manifest }: ChosenPhoto, onSent: (bytes: number) => void): Promise<void> {
  if (file.size <= IN_ONE) {
    await stubbornly(() => putPhoto(manifest.sha256, file, manifest.media_type))
  } else {
    await stubbornly(() => inParts(`${BASE}/uploads/${command}.${manifest.photo_id}.1`, file, manifest, onSent))
  }
  onSent(file.size)
}

async function stubbornly(send: () => Promise<void>): Promise<void> {
  for (const wait of AGAIN_AFTER_MS) {
    try {
      await send()
      return
    } catch (thrown) {
      if (!(thrown instanceof ApiProblem) || !thrown.answerLost) throw thrown
      await new Promise((resolve) => setTimeout(resolve, thrown.retryAfterS === null ? wait : thrown.retryAfterS * 1_000))
    }
  }
  await send()
}

async function inParts(path: string, file: File, manifest: ChosenPhoto['manifest'], onSent: (bytes: number) => void, mayBeFresh = true): Promise<void> {
  const { uploadParts } = await import('../field/outbox/upload')
  const upload = {
    owner: account.value?.id ?? 0, path, content: await file.arrayBuffer(), media_type: manifest.media_type, sha256: manifest.sha256,
    onSent: (bytes: number) => { onSent(bytes) }, isWanted: () => true,
  }
  try {
    await uploadParts(upload)
  } catch (thrown) {
    const fresh = thrown instanceof ApiProblem && FRESH.has(thrown.status) ? thrown.more['upload_url'] : undefined
    if (!mayBeFresh || typeof fresh !== 'string') throw thrown
    await inParts(new URL(fresh, location.origin).pathname, file, manifest, onSent, false)
  }
}
