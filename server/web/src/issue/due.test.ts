import { expect, test } from 'vitest'
import { dueState, dueTone, spanWords } from './due'

const at = (time: string): number => Date.parse(time)
const open = (due_at: string | null) => ({ stage: 'dispatched' as const, due_at, closed_at: null })

test('an issue is not late at the very second of its limit', () => {
  expect(dueState(open('2026-11-20T03:00:00Z'), at('2026-11-20T03:00:00Z'))).toEqual({ word: 'left', spanMs: 0 })
  expect(dueState(open('2026-11-20T03:00:00Z'), at('2026-11-20T03:00:01Z'))).toEqual({ word: 'over', spanMs: 1_000 })
})

test('under two hours are pressing', () => {
  expect(dueTone({ word: 'left', spanMs: 7_199_999 })).toBe('soon')
  expect(dueTone({ word: 'left', spanMs: 7_200_000 })).toBe('plain')
})

test('what was closed counts by when it was closed, what was refused does not count', () => {
  const closed = { stage: 'closed' as const, due_at: '2026-11-20T03:00:00Z', closed_at: '2026-11-20T03:00:00Z' }
  expect(dueState(closed, at('2026-12-01T00:00:00Z')).word).toBe('closedOnTime')
  expect(dueState({ ...closed, stage: 'void' }, at('2026-12-01T00:00:00Z')).word).toBe('settled')
})

test('a span is told in the two units that matter', () => {
  expect(spanWords(26 * 3_600_000 + 59_000)).toMatchObject({ key: 'due.days', d: 1, h: 2 })
  expect(spanWords(3_660_000)).toMatchObject({ key: 'due.hours', h: 1, m: 1 })
})

test('while verification is awaited the bureau is no later than its rectification', () => {
  const handled = { stage: 'rectified' as const, due_at: '2026-11-20T03:00:00Z', closed_at: null, rectified_at: '2026-11-20T02:00:00Z' }
  expect(dueState(handled, at('2026-11-21T00:00:00Z')).word).toBe('handledOnTime')
  expect(dueState({ ...handled, rectified_at: '2026-11-20T03:00:01Z' }, at('2026-11-21T00:00:00Z')).word).toBe('handledLate')
})
