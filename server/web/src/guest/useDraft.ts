import { computed, ref, shallowRef, watch } from 'vue'
import { newId } from '../api/newId'
import { ApiProblem, problemOf } from '../api/problem'
import type { StatedPosition } from '../api/types'
import { choosePhoto, whereAmI } from '../issue/choosePhoto'
import type { ChosenPhoto } from '../issue/commands'
import { putDraft, putPhoto } from './guestCalls'

/** A line that breaks is tried again by itself, after so many milliseconds each. */
const AGAIN_AFTER_MS = [1_000, 3_000, 8_000]
/** A telephone may reload the page while its camera is open: what was written must outlive that. */
const KEPT = 'zhoubian.guest.note'

async function stubbornly(attempt: () => Promise<void>): Promise<void> {
  for (const wait of AGAIN_AFTER_MS) {
    try {
      await attempt()
      return
    } catch (thrown) {
      if (!(thrown instanceof ApiProblem) || !(thrown.answerLost || thrown.status === 429)) throw thrown
      await new Promise((resolve) => setTimeout(resolve, thrown.retryAfterS === null ? wait : thrown.retryAfterS * 1_000))
    }
  }
  await attempt()
}

/** What is written and photographed, until all of it has arrived. */
export function useDraft() {
  const note = ref(sessionStorage.getItem(KEPT) ?? '')
  watch(note, (text) => { sessionStorage.setItem(KEPT, text) })
  const photos = shallowRef<ChosenPhoto[]>([])
  const position = shallowRef<StatedPosition | null>(null)
  const fix = ref<'off' | 'asking' | 'on' | 'none'>('off')
  const reading = ref(0)
  /** What of the chosen files could not be taken: the message, and what it is about. */
  const left = shallowRef<{ word: 'full' | 'tooLarge' | 'wrongType'; name: string } | null>(null)
  const problem = shallowRef<ApiProblem | null>(null)
  const step = ref<'idle' | 'sending' | 'uploading'>('idle')
  const uploaded = ref(0)
  /** The draft is there, and its photos are still to come: its words are what they are. */
  const recorded = ref(false)
  let id = newId()

  const busy = computed(() => step.value !== 'idle')
  const lost = computed(() => !recorded.value && problem.value?.answerLost === true)
  const isEmpty = computed(() => photos.value.length === 0 && note.value.trim() === '')

  async function add(files: File[], most: number, bytesMost: number): Promise<void> {
    left.value = null
    if (files.length > 0 && fix.value === 'off') void locate()
    reading.value += files.length
    for (const file of files) {
      const chosen = file.size > bytesMost ? 'tooLarge' : await choosePhoto(file)
      reading.value -= 1
      if (chosen === 'tooLarge') left.value = { word: chosen, name: file.name }
      else if (chosen === null) left.value = { word: 'wrongType', name: file.name }
      else if (photos.value.some((had) => had.manifest.sha256 === chosen.manifest.sha256)) continue
      else if (photos.value.length >= most) left.value = { word: 'full', name: '' }
      else photos.value = [...photos.value, chosen]
    }
  }

  function remove(chosen: ChosenPhoto): void {
    photos.value = photos.value.filter((had) => had !== chosen)
  }

  async function locate(): Promise<void> {
    fix.value = 'asking'
    position.value = await whereAmI()
    fix.value = position.value ? 'on' : 'none'
  }

  async function upload(): Promise<void> {
    step.value = 'uploading'
    while (uploaded.value < photos.value.length) {
      const chosen = photos.value[uploaded.value]
      if (chosen) await stubbornly(() => putPhoto(id, chosen.manifest.sha256, chosen.file, chosen.manifest.media_type))
      uploaded.value += 1
    }
  }

  /** True once everything has arrived; what was not sent stays as it is. */
  async function send(): Promise<boolean> {
    problem.value = null
    try {
      step.value = 'sending'
      if (!recorded.value) await stubbornly(() => putDraft(id, { note: note.value.trim(), photos: photos.value.map(({ manifest }) => ({ ...manifest, position: position.value })) }))
      recorded.value = true
      await upload()
      clear()
      return true
    } catch (thrown) {
      const met = problemOf(thrown)
      problem.value = met
      // What was refused is another draft once it is put right.
      if (!recorded.value && !met.answerLost) id = newId()
      return false
    } finally {
      step.value = 'idle'
    }
  }

  function clear(): void {
    id = newId()
    note.value = ''
    photos.value = []
    uploaded.value = 0
    recorded.value = false
  }

  return { note, photos, position, fix, reading, left, problem, step, uploaded, recorded, lost, busy, isEmpty, add, remove, locate, send }
}
