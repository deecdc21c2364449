import { computed, ref, shallowRef } from 'vue'
import { sendCommand } from '../api/client'
import { newId } from '../api/newId'
import { problemOf, type ApiProblem } from '../api/problem'
import type { Issue } from '../api/types'
import { bodyOf, formFor, type CommandForm } from '../issue/commands'

/** The steps that may be taken for many issues at once. */
export type BulkWord = 'accept' | 'return'

/** What became of one issue: null while it waits, true when done, else what the server said. */
export interface BulkLine { issue: Issue; outcome: true | ApiProblem | null }

/** So many commands are under way at once: enough to be quick, few enough for an old server. */
const AT_ONCE = 4

/**
 * Takes one step for many issues, each by a command of its own: one that is refused keeps no other
 * from being done. A command whose answer was lost keeps its id and may be sent again.
 */
export function useBulk(onDone: (issue: Issue) => void) {
  const lines = shallowRef<BulkLine[]>([])
  const word = ref<BulkWord>('accept')
  const running = ref(false)
  let form: CommandForm | null = null
  let commandIds = new Map<number, string>()

  const done = computed(() => lines.value.filter((line) => line.outcome === true).length)
  const failed = computed(() => lines.value.filter((line) => line.outcome !== true && line.outcome !== null))
  /** Those worth sending once more: nobody refused them. */
  const lost = computed(() => failed.value.filter((line) => line.outcome !== true && line.outcome?.answerLost === true))

  function settle(id: number, outcome: BulkLine['outcome']): void {
    lines.value = lines.value.map((line) => (line.issue.id === id ? { ...line, outcome } : line))
  }

  async function take({ issue }: BulkLine): Promise<void> {
    const commandId = commandIds.get(issue.id) ?? newId()
    commandIds.set(issue.id, commandId)
    try {
      const changed = await sendCommand(word.value, issue, bodyOf(word.value, form ?? formFor(issue), commandId))
      settle(issue.id, true)
      onDone(changed)
    } catch (thrown) {
      settle(issue.id, problemOf(thrown))
    }
  }

  async function work(todo: BulkLine[]): Promise<void> {
    running.value = true
    const queue = [...todo]
    const worker = async (): Promise<void> => {
      for (let line = queue.shift(); line; line = queue.shift()) await take(line)
    }
    await Promise.all(Array.from({ length: AT_ONCE }, worker))
    running.value = false
  }

  /** Begins anew, with what the dialog asked for. */
  function start(step: BulkWord, issues: Issue[], filled: CommandForm | null): Promise<void> {
    word.value = step
    form = filled
    commandIds = new Map()
    lines.value = issues.map((issue) => ({ issue, outcome: null }))
    return work(lines.value)
  }

  function sendAgain(): Promise<void> {
    const todo = lost.value
    todo.forEach(({ issue }) => { settle(issue.id, null) })
    return work(todo)
  }

  return { lines, word, running, done, failed, lost, start, sendAgain, forget: () => { lines.value = [] } }
}
