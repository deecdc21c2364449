import { describe, expect, it } from 'vitest'
import type { Issue } from '../../api/types'
import { moved } from '../../maps/geometry'
import { nearbyIssues } from './nearby'

const HERE = { lat: 30.6532, lon: 113.1586 }
const issue = (id: number, east: number, category: string | null): Issue => ({ id, category, position: moved(HERE, east, 0) }) as Issue
const ISSUES = [issue(1, 90, '0101'), issue(2, 30, '0201'), issue(3, 10, '0101'), issue(4, 20, null), issue(5, 40, '0101')]
const ids = (accuracy_m: number, family: string | null) => nearbyIssues(ISSUES, { ...HERE, accuracy_m }, family, (code) => code).map(({ issue: near }) => near.id)

describe('nearby open issues', () => {
  it('are the nearest three within 60 m', () => {
    expect(ids(0, null)).toEqual([3, 4, 2])
  })

  it('are of the chosen family, or of none yet', () => {
    expect(ids(0, '0101')).toEqual([3, 4, 5])
    expect(ids(0, '1102')).toEqual([4])
  })

  it('lie farther off where the position is inaccurate, but not anywhere', () => {
    expect(ids(40, '0101')).toEqual([3, 4, 5])
    expect(nearbyIssues([issue(1, 90, '0101')], { ...HERE, accuracy_m: 40 }, null, () => null)).toHaveLength(1)
    expect(nearbyIssues([issue(1, 130, '0101')], { ...HERE, accuracy_m: 5_000 }, null, () => null)).toHaveLength(0)
  })

  it('leave out what has no position', () => {
    expect(nearbyIssues([{ id: 9, position: null } as Issue], HERE, null, () => null)).toEqual([])
  })
})
