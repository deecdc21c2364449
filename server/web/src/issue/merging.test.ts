import { describe, expect, it } from 'vitest'
import { whyNotInto, type Merging } from './merging'

const issue = (id: number, more: Partial<Merging> = {}): Merging => ({ id, stage: 'dispatched', blind: false, dispatched_at: '2026-11-20T01:00:00Z', ...more })

describe('an issue goes into another one', () => {
  it('that is open', () => {
    expect(whyNotInto(issue(1), issue(2))).toBeNull()
    expect(whyNotInto(issue(1, { stage: 'reported', dispatched_at: null }), issue(2))).toBeNull()
  })
  it('but not into itself, an ended, an undispatched one, or one that not everybody sees', () => {
    expect(whyNotInto(issue(1), issue(1))).toBe('merge-into-itself')
    expect(whyNotInto(issue(1), issue(2, { stage: 'closed' }))).toBe('merge-into-ended')
    expect(whyNotInto(issue(1), issue(2, { stage: 'reported', dispatched_at: null }))).toBe('merge-into-undispatched')
    expect(whyNotInto(issue(1), issue(2, { blind: true }))).toBe('merge-blind')
    expect(whyNotInto(issue(1, { blind: true }), issue(2))).toBe('merge-blind')
  })
})
