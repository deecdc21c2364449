import { reactive, watch } from 'vue'
import { newId } from '../api/newId'

const KEY = 'zhoubian.answers'

interface Writing {
  /** The command's id, kept with its words: sent again, it is the same answer. */
  id: string
  text: string
}

function kept(): Record<string, Writing> {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? '{}') as Record<string, Writing>
  } catch {
    return {}
  }
}

/** The answers being written, by suggestion; a reload loses none of them. */
export function useAnswers() {
  const writing = reactive(kept())
  watch(writing, (all) => { sessionStorage.setItem(KEY, JSON.stringify(all)) })

  function of(suggestion: string): Writing {
    return writing[suggestion] ?? { id: '', text: '' }
  }

  function write(suggestion: string, text: string): void {
    writing[suggestion] = { id: newId(), text }
  }

  function done(suggestion: string): void {
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- a map by id, kept as JSON
    delete writing[suggestion]
  }

  return { of, write, done }
}
