import type { Account, Issue } from '../../api/types'

/** Rectified issues that this person may look at again: whoever answers for one never does. The server has the last word. */
export function toVerify(issues: readonly Issue[], who: Pick<Account, 'role' | 'bureau'>, isMine: (id: number) => boolean = () => false): Issue[] {
  if (who.role === 'bureau' || who.role === 'admin') return []
  // What the desk looks at on its photos is nobody's walk. Issues of an earlier version of the pages say nothing of it.
  const isOnSite = ({ verification }: Issue): boolean => (verification as Issue['verification'] | undefined)?.way !== 'desk'
  return issues.filter((issue) => issue.stage === 'rectified' && (isOnSite(issue) || isMine(issue.id))).sort((a, b) => (a.rectified_at ?? '').localeCompare(b.rectified_at ?? ''))
}
