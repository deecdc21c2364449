import { onBeforeUnmount, ref, shallowRef } from 'vue'
import { getPhoto, type Rendition } from '../api/client'
import { problemOf, type ApiProblem } from '../api/problem'
import { LOOKS, pauseMs } from './looks'

/** One rendition of a photo as an address an `<img>` can show. One that is still being made is asked for again. */
export function usePhotoBytes(rendition: Rendition) {
  const url = shallowRef<string | null>(null)
  const problem = shallowRef<ApiProblem | null>(null)
  /** Being made by the server, and still looked for. */
  const pending = ref(false)
  let asked = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  function release(): void {
    asked += 1
    clearTimeout(timer)
    if (url.value !== null) URL.revokeObjectURL(url.value)
    url.value = null
  }

  async function look(sha256: string, mine: number, looks: number): Promise<void> {
    try {
      const bytes = await getPhoto(sha256, rendition)
      if (mine !== asked) return
      pending.value = false
      url.value = URL.createObjectURL(bytes)
    } catch (thrown) {
      if (mine !== asked) return
      const met = problemOf(thrown)
      pending.value = met.code === 'rendition-pending' && looks < LOOKS
      if (!pending.value) {
        problem.value = met
        return
      }
      timer = setTimeout(() => void look(sha256, mine, looks + 1), pauseMs(looks, met.retryAfterS ?? undefined))
    }
  }

  /** Shows this photo instead of the one before. */
  function load(sha256: string): Promise<void> {
    release()
    problem.value = null
    pending.value = false
    return look(sha256, asked, 0)
  }

  onBeforeUnmount(release)
  return { url, problem, pending, load, release }
}
