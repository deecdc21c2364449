import type { ApiProblem } from '../api/problem'

/** A problem in the reader's language where its code is known, else in the server's words. */
export function problemWords(problem: ApiProblem, t: (key: string) => string, te: (key: string) => boolean): { title: string; hint: string } {
  const { code, title, detail, hint } = problem
  if (te(`problem.${code}.title`)) return { title: t(`problem.${code}.title`), hint: t(`problem.${code}.hint`) }
  return { title: detail || title || t('problem.unexpected.title'), hint: hint || t('problem.unexpected.hint') }
}
