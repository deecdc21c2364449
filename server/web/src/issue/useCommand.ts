import { computed, ref, shallowRef } from 'vue'
import { sendCommand } from '../api/client'
import { newId } from '../api/newId'
import { problemOf, type ApiProblem } from '../api/problem'
import type { CommandWord, SeenIssue } from '../api/types'
import { bodyOf, type CommandForm } from './commands'
import { sendPhoto } from './sendPhoto'

/**
 * Sends one command and then the photos it announced.
 *
 * The command's id is made once and kept while its outcome is unknown: a lost answer is asked for
 * again with the same id and the same content, so nothing is done twice. A plain refusal ends
 * that id, because the corrected command is another one.
 */
export function useCommand(word: CommandWord, issue: SeenIssue) {
  const step = ref<'idle' | 'sending' | 'uploading'>('idle')
  /** Photos that have arrived whole. */
  const uploaded = ref(0)
  /** Bytes of all photos that have left, and how many there are. */
  const sent = ref({ bytes: 0, of: 0 })
  const recorded = ref(false)
  const problem = shallowRef<ApiProblem | null>(null)
  let commandId = newId()

  /** The outcome is unknown: the content must stay what it was. */
  const lost = computed(() => !recorded.value && problem.value?.answerLost === true)
  const stale = computed(() => problem.value?.status === 412)
  const busy = computed(() => step.value !== 'idle')

  async function upload(form: CommandForm): Promise<void> {
    step.value = 'uploading'
    const of = form.photos.reduce((sum, photo) => sum + photo.file.size, 0)
    sent.value = { bytes: sent.value.bytes, of }
    while (uploaded.value < form.photos.length) {
      const chosen = form.photos[uploaded.value]
      const before = form.photos.slice(0, uploaded.value).reduce((sum, photo) => sum + photo.file.size, 0)
      if (chosen) await sendPhoto(commandId, chosen, (bytes) => { sent.value = { bytes: before + bytes, of } })
      uploaded.value += 1
    }
  }

  /** True when the command is recorded and every photo has arrived. */
  async function send(form: CommandForm): Promise<boolean> {
    problem.value = null
    try {
      step.value = 'sending'
      if (!recorded.value) await sendCommand(word, issue, bodyOf(word, form, commandId))
      recorded.value = true
      await upload(form)
      return true
    } catch (thrown) {
      const met = problemOf(thrown)
      problem.value = met
      if (!recorded.value && !met.answerLost) commandId = newId()
      return false
    } finally {
      step.value = 'idle'
    }
  }

  return { step, uploaded, sent, recorded, problem, lost, stale, busy, send }
}
