import { api } from '../../api/client'
import { answerOf } from '../../api/problem'
import type { DeskClocks, DeskWaits, TaskInspector, TaskPage, VerificationTask } from '../../api/types'

/** What is to be looked at in one way, what waits longest first. */
export function listTasks(way: 'on_site' | 'desk', after: string | null): Promise<TaskPage> {
  return answerOf(api.GET('/verification-tasks', { params: { query: { way, limit: 50, ...(after !== null && { after }) } } })) as Promise<TaskPage>
}

/** Whom a task can be handed to, who has the fewest first. */
export function listInspectors(issue: number): Promise<TaskInspector[]> {
  return answerOf(api.GET('/verification-tasks/{issue}/inspectors', { params: { path: { issue } } }))
}

/** Hands a task to an inspector. */
export function handTask(issue: number, account: number): Promise<VerificationTask> {
  return answerOf(api.POST('/verification-tasks/{issue}:hand', { params: { path: { issue } }, body: { account } })) as Promise<VerificationTask>
}

/** Takes a task back from whoever has it. */
export function freeTask(issue: number): Promise<VerificationTask> {
  return answerOf(api.POST('/verification-tasks/{issue}:give-back', { params: { path: { issue } } })) as Promise<VerificationTask>
}

/** How long the office took within a period. */
export function getClocks(from: string, to: string): Promise<DeskClocks> {
  return answerOf(api.GET('/desk-clocks', { params: { query: { from, to } } })) as Promise<DeskClocks>
}

/** What waits for the office longer than it may. */
export function listOverdue(after: string | null): Promise<DeskWaits> {
  return answerOf(api.GET('/desk-waits', { params: { query: { on_time: false, limit: 50, ...(after !== null && { after }) } } })) as Promise<DeskWaits>
}
