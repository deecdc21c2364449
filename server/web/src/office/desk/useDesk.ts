import { computed, markRaw, onBeforeUnmount, ref, toRaw, watch } from 'vue'
import { problemOf, type ApiProblem } from '../../api/problem'
import { choosePhoto } from '../../issue/choosePhoto'
import { account } from '../../session'
import { forgetDraft, forgetOldest, isBlank, keepDraft, lackOf, listDrafts, newDraft, type DeskSource, type Draft } from './drafts'
import { sendDraft } from './sendDraft'

/** The draft that this tab is writing: after a reload it goes on with that one. */
const OPEN_KEY = 'zhoubian.desk.draft'
const SOURCE_KEY = 'zhoubian.desk.source'
const SAVE_AFTER_MS = 120
const RETRY_MS = [2_000, 5_000, 15_000, 60_000]

const lastSource = (): DeskSource => (sessionStorage.getItem(SOURCE_KEY) as DeskSource | null) ?? 'chat_group'

/** Refused for what it says: sending the same again cannot help. */
function isRefusal({ status }: ApiProblem): boolean {
  return status >= 400 && status < 500 && ![401, 403, 408, 423, 429].includes(status)
}

/** The desk's reports: one being written, those on their way, and the last that arrived. */
export function useDesk() {
  const owner = account.value?.id ?? 0
  const draft = ref<Draft>(newDraft(owner, lastSource()))
  const others = ref<Draft[]>([])
  const wrongFiles = ref<string[]>([])
  /** False where the browser keeps nothing: a reload would lose what is written. */
  const kept = ref(true)
  const problem = ref<ApiProblem | null>(null)
  const sendingId = ref<string | null>(null)
  const lack = computed(() => lackOf(draft.value))
  let gone = false
  let saving: ReturnType<typeof setTimeout> | undefined
  let retrying: ReturnType<typeof setTimeout> | undefined
  let failures = 0

  async function keep(one: Draft): Promise<void> {
    try {
      await keepDraft({ ...toRaw(one), photos: toRaw(one).photos.map((photo) => toRaw(photo)) })
    } catch {
      kept.value = false
    }
  }

  async function forget(id: string): Promise<void> {
    others.value = others.value.filter((one) => one.id !== id)
    await forgetDraft(id).catch(() => undefined)
  }

  function saveNow(): void {
    clearTimeout(saving)
    if (isBlank(draft.value)) void forgetDraft(draft.value.id).catch(() => undefined)
    else void keep(draft.value)
  }

  function begin(next: Draft): void {
    draft.value = next
    sessionStorage.setItem(OPEN_KEY, next.id)
  }

  async function resume(): Promise<void> {
    try {
      const all = await listDrafts(owner)
      const mine = all.find((one) => one.state === 'open' && one.id === sessionStorage.getItem(OPEN_KEY))
      others.value = all.filter((one) => one !== mine)
      if (mine && isBlank(draft.value)) begin(mine)
      else sessionStorage.setItem(OPEN_KEY, draft.value.id)
    } catch {
      kept.value = false
    }
    void sendWaiting()
  }

  async function addFiles(files: File[]): Promise<void> {
    wrongFiles.value = []
    for (const file of files) {
      const chosen = await choosePhoto(file)
      if (chosen === null) wrongFiles.value.push(file.name)
      else if (!draft.value.photos.some((had) => had.manifest.sha256 === chosen.manifest.sha256)) {
        // A copy: the file itself may be gone from the disk when it is sent.
        const bytes = new Blob([await file.arrayBuffer()], { type: chosen.manifest.media_type })
        draft.value.photos.push(markRaw({ manifest: chosen.manifest, bytes }))
      }
    }
  }

  /** Hands the draft in and begins the next at once; false when something is still missing. */
  function handIn(): boolean {
    if (lack.value !== null) return false
    const done: Draft = { ...toRaw(draft.value), state: 'waiting', handedInAt: new Date().toISOString() }
    clearTimeout(saving)
    void keep(done)
    others.value = [done, ...others.value]
    begin({ ...newDraft(owner, done.source), fileAtOnce: done.fileAtOnce })
    failures = 0
    void sendWaiting()
    return true
  }

  function change(one: Draft, to: Partial<Draft>): void {
    const next = { ...toRaw(one), ...to }
    others.value = others.value.map((had) => (had.id === one.id ? next : had))
    void keep(next)
  }

  async function send(one: Draft): Promise<void> {
    sendingId.value = one.id
    problem.value = null
    try {
      const filed = await sendDraft(toRaw(one))
      failures = 0
      // The pictures are the server's from here on.
      change(one, { state: 'filed', filed, photos: [] })
      await forgetOldest(owner).catch(() => undefined)
    } catch (thrown) {
      const met = problemOf(thrown)
      if (isRefusal(met)) change(one, { state: 'refused', refusal: met.code })
      else {
        problem.value = met
        failures += 1
      }
    } finally {
      sendingId.value = null
    }
  }

  /** Sends what waits, the oldest first; where the line is down, again later. */
  async function sendWaiting(): Promise<void> {
    clearTimeout(retrying)
    // A line that is back says so itself.
    if (sendingId.value !== null || gone || !navigator.onLine) return
    const next = others.value.filter((one) => one.state === 'waiting').at(-1)
    if (!next) return
    await send(next)
    if (problem.value === null) return sendWaiting()
    retrying = setTimeout(() => void sendWaiting(), RETRY_MS[Math.min(failures, RETRY_MS.length) - 1])
  }

  /** Goes on with another draft; what is being written now stays among the others. */
  function reopen(one: Draft): void {
    if (!isBlank(draft.value)) others.value = [toRaw(draft.value), ...others.value]
    saveNow()
    others.value = others.value.filter((had) => had.id !== one.id)
    // A refused report was never taken: corrected, it is another one.
    const again = one.state === 'refused' ? { ...toRaw(one), id: newDraft(owner, one.source).id, state: 'open' as const, refusal: null, handedInAt: null } : toRaw(one)
    if (again.id !== one.id) void forget(one.id)
    begin(again)
    saveNow()
  }

  function discard(one: Draft): Promise<void> {
    return forget(one.id)
  }

  watch(draft, () => {
    clearTimeout(saving)
    saving = setTimeout(saveNow, SAVE_AFTER_MS)
  }, { deep: true })
  watch(() => draft.value.source, (source) => { sessionStorage.setItem(SOURCE_KEY, source) })
  const online = (): void => { void sendWaiting() }
  addEventListener('online', online)
  addEventListener('pagehide', saveNow)
  onBeforeUnmount(() => {
    saveNow()
    gone = true
    clearTimeout(retrying)
    removeEventListener('online', online)
    removeEventListener('pagehide', saveNow)
  })
  void resume()

  return { draft, others, wrongFiles, kept, problem, sendingId, lack, addFiles, handIn, sendWaiting, reopen, discard }
}
