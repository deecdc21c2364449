import type { Account, Issue } from '../../api/types'

/** Rectified issues that this person may look at again: whoever answers for one never does. The server has the last word. */
export function toVerify(issues: readonly Issue[], who: Pick<Account, 'role' | 'bureau'>): Issue[] {
  if (who.role === 'bureau' || who.role === 'admin') return []
  return issues.filter(({ stage }) => stage === 'rectified').sort((a, b) => (a.rectified_at ?? '').localeCompare(b.rectified_at ?? ''))
}
