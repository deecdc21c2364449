import { onBeforeUnmount, ref } from 'vue'

/*
 * Hold-to-talk. The API takes no sound, so what is said becomes text, and only where the phone does
 * that by itself: a recogniser that sends the voice to somebody's servers is not used.
 */

interface Said { isFinal: boolean; 0: { transcript: string } }
interface Recogniser {
  lang: string
  continuous: boolean
  interimResults: boolean
  processLocally?: boolean
  start(): void
  stop(): void
  abort(): void
  onresult: ((event: { results: ArrayLike<Said> }) => void) | null
  onerror: ((event: { error: string }) => void) | null
  onend: (() => void) | null
}
interface RecogniserType {
  new (): Recogniser
  available?(options: { langs: string[]; processLocally: boolean }): Promise<string>
}

const LANGUAGE = 'zh-CN'

function recogniserType(): RecogniserType | null {
  const known = window as unknown as Record<string, RecogniserType | undefined>
  return known['SpeechRecognition'] ?? known['webkitSpeechRecognition'] ?? null
}

/** Turns what is said while a button is held into text, where this phone can without a network. */
export function useTalk(onText: (text: string) => void) {
  const canTalk = ref(false)
  const isListening = ref(false)
  const failed = ref(false)
  let recogniser: Recogniser | null = null
  const Type = recogniserType()

  void Type?.available?.({ langs: [LANGUAGE], processLocally: true }).then((how) => { canTalk.value = how === 'available' }, () => undefined)

  function begin(): void {
    if (!Type || !canTalk.value || isListening.value) return
    failed.value = false
    recogniser = new Type()
    Object.assign(recogniser, { lang: LANGUAGE, continuous: true, interimResults: false, processLocally: true })
    recogniser.onresult = ({ results }) => { onText(Array.from(results, (said) => said[0].transcript).join('')) }
    recogniser.onerror = () => { failed.value = true }
    recogniser.onend = () => { isListening.value = false }
    isListening.value = true
    recogniser.start()
  }

  function end(): void {
    recogniser?.stop()
  }

  onBeforeUnmount(() => { recogniser?.abort() })
  return { canTalk, isListening, failed, begin, end }
}
