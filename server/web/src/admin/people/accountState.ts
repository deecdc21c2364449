import type { KeptAccount } from '../../api/adminTypes'
import { serverNowMs } from '../../clock'

/** What an administrator looks for among accounts. */
export const STATES = ['unsent', 'locked', 'factorless', 'waiting', 'closed'] as const
export type AccountState = (typeof STATES)[number]

/** Roles that may do so much that they are asked for a second factor. */
const WITH_FACTOR = ['office', 'admin']

/** What there is to know of an account at a glance. */
export function statesOf(account: KeptAccount): AccountState[] {
  const over = account.ends_at !== null && Date.parse(account.ends_at) <= serverNowMs()
  const closed = !account.active || over
  const all: [AccountState, boolean][] = [
    ['unsent', (account.unsent ?? 0) > 0],
    ['locked', account.locked_until !== null],
    ['factorless', !closed && WITH_FACTOR.includes(account.role) && !account.second_factor],
    ['waiting', !closed && account.must_change_password],
    ['closed', closed],
  ]
  return all.filter(([, holds]) => holds).map(([state]) => state)
}
