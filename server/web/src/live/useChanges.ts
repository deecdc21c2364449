import { onBeforeUnmount, ref } from 'vue'
import { api } from '../api/client'
import { answerOf, problemIn, problemOf } from '../api/problem'
import { BASE } from '../api/transport'
import type { Change, Issue } from '../api/types'
import { authorisedFetch } from '../session'
import { eventReader } from './events'

/** One issue that changed for the reader; null where it left the reader's sight. */
export interface Changed { id: number; version: number; issue: Issue | null }

/** How the page hears of changes: at once, by asking now and then, or not at all for now. */
export type Hearing = 'live' | 'polling' | 'off'

const POLL_MS = 15_000
const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 30_000
/** The server sends a comment every 25 seconds: a longer silence is a dead line. */
const SILENCE_MS = 60_000

/**
 * Hears of changes while the page stands: the server's events are hints, the pull from a cursor is
 * the truth. Where no stream can be held it is asked now and then, and the stream tried again.
 *
 * `onChanges` gets what was pulled; `onLost` is called when there may be changes that no pull tells:
 * before the first cursor, and where the server no longer knows it.
 */
export function useChanges(onChanges: (changes: Changed[]) => void, onLost: () => void) {
  const hearing = ref<Hearing>('off')
  let cursor: string | null = null
  let stop: AbortController | null = null
  let pulling: Promise<void> | null = null
  let again = false

  async function pullAll(): Promise<void> {
    let more = true
    while (more && cursor !== null) {
      const page = await answerOf(api.GET('/changes', { params: { query: { after: cursor, limit: 500 } } }))
      onChanges(page.changes.map(changedOf))
      cursor = page.next
      more = page.has_more
    }
  }

  /** One pull at a time; a hint that comes meanwhile asks for one more. */
  async function pull(): Promise<void> {
    again = true
    pulling ??= (async () => {
      while (again) {
        again = false
        await pullAll()
      }
    })().catch((thrown: unknown) => {
      if (problemOf(thrown).status !== 410) throw thrown
      cursor = null
      onLost()
    }).finally(() => { pulling = null })
    return pulling
  }

  async function heard(data: string): Promise<void> {
    if (cursor !== null) return pull()
    cursor = (JSON.parse(data) as { after: string }).after
    onLost()
  }

  async function listen(signal: AbortSignal): Promise<void> {
    const line = new AbortController()
    const hangUp = (): void => { line.abort() }
    signal.addEventListener('abort', hangUp)
    let silence = setTimeout(hangUp, SILENCE_MS)
    try {
      const response = await authorisedFetch(new Request(`${BASE}/changes/stream`, { headers: { Accept: 'text/event-stream' }, signal: line.signal }))
      if (!response.ok || !response.body) throw await problemIn(response)
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
      const events = eventReader()
      for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
        clearTimeout(silence)
        silence = setTimeout(hangUp, SILENCE_MS)
        hearing.value = 'live'
        for (const hint of events(piece.value)) if (hint.event === 'changed') await heard(hint.data)
      }
    } finally {
      clearTimeout(silence)
      signal.removeEventListener('abort', hangUp)
    }
  }

  async function pollFor(ms: number, signal: AbortSignal): Promise<void> {
    await pause(Math.min(ms, POLL_MS), signal)
    if (signal.aborted || document.hidden) return
    try {
      if (cursor !== null) await pull()
      else onLost()
      hearing.value = 'polling'
    } catch {
      hearing.value = 'off'
    }
  }

  async function run(signal: AbortSignal): Promise<void> {
    let wait = FIRST_WAIT_MS
    while (!signal.aborted) {
      const began = Date.now()
      try {
        await listen(signal)
      } catch {
        // Whatever broke the line: ask instead, and try again.
      }
      if (signal.aborted) return
      wait = Date.now() - began > LONGEST_WAIT_MS ? FIRST_WAIT_MS : Math.min(wait * 2, LONGEST_WAIT_MS)
      await pollFor(wait, signal)
    }
  }

  function start(): void {
    if (stop !== null) return
    stop = new AbortController()
    void run(stop.signal)
  }

  function end(): void {
    stop?.abort()
    stop = null
    hearing.value = 'off'
  }

  onBeforeUnmount(end)
  return { hearing, start, end }
}

function changedOf({ op, id, version, issue }: Change): Changed {
  return { id, version, issue: op === 'remove' ? null : ((issue ?? null) as Issue | null) }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => { clearTimeout(timer); resolve() }, { once: true })
  })
}
