import { describe, expect, it } from 'vitest'
import type { Issue } from '../../api/types'
import { toVerify } from './mayVerify'

const ISSUES = [
  { id: 1, stage: 'rectified', rectified_at: '2026-11-23T02:00:00Z' }, { id: 2, stage: 'accepted', rectified_at: null },
  { id: 3, stage: 'rectified', rectified_at: '2026-11-23T01:00:00Z' },
] as Issue[]

describe('what is to be verified', () => {
  it('is what was rectified, what waits longest first', () => {
    expect(toVerify(ISSUES, { role: 'inspector', bureau: null }).map(({ id }) => id)).toEqual([3, 1])
  })

  it('is never a bureau’s own', () => {
    expect(toVerify(ISSUES, { role: 'bureau', bureau: 'huanwei' })).toEqual([])
  })
})
