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

  it('is not what the desk looks at, unless it was handed to whoever asks', () => {
    const desk = [{ id: 4, stage: 'rectified', rectified_at: '2026-11-23T03:00:00Z', verification: { way: 'desk', because: 'left_out', draw: null } }] as Issue[]
    expect(toVerify(desk, { role: 'inspector', bureau: null })).toEqual([])
    expect(toVerify(desk, { role: 'inspector', bureau: null }, (id) => id === 4)).toEqual(desk)
  })

  it('is never a bureau’s own', () => {
    expect(toVerify(ISSUES, { role: 'bureau', bureau: 'huanwei' })).toEqual([])
  })
})
