import { expect, it } from 'vitest'
import { boundsOf, daysOf, usualDays } from './days'

// Wednesday, 2026-11-18 09:00 in the district.
const NOW = Date.parse('2026-11-18T01:00:00Z')

it('takes the day before, the week before from Monday on, and this month', () => {
  expect(usualDays('daily', NOW)).toEqual({ first: '2026-11-17', last: '2026-11-17' })
  expect(usualDays('weekly', NOW)).toEqual({ first: '2026-11-09', last: '2026-11-15' })
  expect(usualDays('notice', NOW)).toEqual({ first: '2026-11-01', last: '2026-11-18' })
})

it('takes the week before on a Monday and on a Sunday alike', () => {
  expect(usualDays('weekly', Date.parse('2026-11-16T01:00:00Z'))).toEqual({ first: '2026-11-09', last: '2026-11-15' })
  expect(usualDays('weekly', Date.parse('2026-11-22T15:00:00Z'))).toEqual({ first: '2026-11-09', last: '2026-11-15' })
})

it('has whole days of the district, the end outside', () => {
  const week = { first: '2026-11-09', last: '2026-11-15' }
  expect(boundsOf(week)).toEqual({ from: '2026-11-08T16:00:00.000Z', to: '2026-11-15T16:00:00.000Z' })
  expect(daysOf({ from: '2026-11-08T16:00:00Z', to: '2026-11-15T16:00:00Z' })).toEqual(week)
  expect(boundsOf({ first: '2026-11-15', last: '2026-11-09' })).toBeNull()
  expect(boundsOf({ first: '', last: '2026-11-09' })).toBeNull()
})
