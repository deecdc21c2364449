import { computed, ref, shallowRef } from 'vue'
import { newId } from '../api/newId'
import { problemOf, type ApiProblem } from '../api/problem'
import type { CardStep } from '../api/types'
import type { ChosenPhoto } from '../issue/commands'
import { sendPhoto } from '../issue/sendPhoto'
import { takeStep, type CardStepBody } from './calls'

/** What a step's dialog has been told. */
export interface StepForm {
  text: string
  cause: string
  measures: string
  person: string
  photos: ChosenPhoto[]
  scan: ChosenPhoto[]
}

/** An unfilled form. */
export function emptyForm(): StepForm {
  return { text: '', cause: '', measures: '', person: '', photos: [], scan: [] }
}

/** The first field that a step still needs; null when there is none. */
export function missingIn(step: CardStep, form: StepForm): 'text' | 'cause' | 'measures' | 'person' | 'scanPhotos' | null {
  if (step === 'reply') {
    const words = (['cause', 'measures', 'person'] as const).find((field) => form[field].trim() === '')
    return words ?? (form.scan.length === 0 ? 'scanPhotos' : null)
  }
  const needsText = step === 'upgrade' || step === 'withdraw' || step === 'comment'
  return needsText && form.text.trim() === '' ? 'text' : null
}

function bodyOf(step: CardStep, form: StepForm, command_id: string): CardStepBody {
  if (step === 'sign' || step === 'deliver') return { command_id }
  if (step !== 'reply') return { command_id, text: form.text.trim() }
  const lines = (photos: ChosenPhoto[]) => photos.map(({ manifest }) => manifest)
  return { command_id, cause: form.cause.trim(), measures: form.measures.trim(), person: form.person.trim(), photos: lines(form.photos), scan: lines(form.scan) }
}

/**
 * Takes one step with a card, and sends the photos it announced. As with issues, the id is kept while the outcome is
 * unknown, so that nothing is done twice.
 */
export function useCardStep(step: CardStep, card: { id: number; version: number }) {
  const busy = ref(false)
  const recorded = ref(false)
  const uploaded = ref(0)
  const problem = shallowRef<ApiProblem | null>(null)
  const lost = computed(() => !recorded.value && problem.value?.answerLost === true)
  let commandId = newId()

  /** True when the step is recorded and every photo has arrived. */
  async function send(form: StepForm): Promise<boolean> {
    problem.value = null
    busy.value = true
    try {
      if (!recorded.value) await takeStep(step, card, bodyOf(step, form, commandId))
      recorded.value = true
      const photos = step === 'reply' ? [...form.photos, ...form.scan] : []
      for (const photo of photos.slice(uploaded.value)) {
        await sendPhoto(commandId, photo, () => undefined)
        uploaded.value += 1
      }
      return true
    } catch (thrown) {
      problem.value = problemOf(thrown)
      if (!recorded.value && !problem.value.answerLost) commandId = newId()
      return false
    } finally {
      busy.value = false
    }
  }

  return { busy, recorded, uploaded, problem, lost, send }
}
