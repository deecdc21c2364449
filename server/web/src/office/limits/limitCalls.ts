import { api } from '../../api/client'
import { answerOf } from '../../api/problem'
import type { LimitPeriodList, LimitPeriodOutcome, SetLimitPeriod } from '../../api/types'

/** Every time with shorter limits, the latest first. */
export function listLimitPeriods(): Promise<LimitPeriodList> {
  return answerOf(api.GET('/limit-periods'))
}

/** Sets one, or with `dry_run` says what would become of open issues. */
export function setLimitPeriod(code: string, set: SetLimitPeriod, dry_run: boolean): Promise<LimitPeriodOutcome> {
  return answerOf(api.PUT('/limit-periods/{code}', { params: { path: { code }, query: { dry_run } }, body: set }))
}
