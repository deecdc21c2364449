import { expect, it } from 'vitest'
import { endOf, lastDayOf } from './lastDay'

it('ends when the day after the last one begins in the district', () => {
  expect(endOf('2026-12-31')).toBe('2026-12-31T16:00:00.000Z')
  expect(lastDayOf('2026-12-31T16:00:00Z')).toBe('2026-12-31')
  expect(lastDayOf('2026-12-31T16:00:01Z')).toBe('2027-01-01')
})

it('has no end where none is said', () => {
  expect(endOf('')).toBeNull()
  expect(lastDayOf(null)).toBe('')
})
