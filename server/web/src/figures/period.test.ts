import { expect, test } from 'vitest'
import { PERIODS, periodOf, stretchesOf } from './period'

const at = (time: string): number => Date.parse(time)

test('a day is the district’s, wherever the reader is', () => {
  // 00:30 on the 23rd in Beijing.
  expect(periodOf('today', at('2026-11-22T16:30:00Z'))).toEqual({ from: at('2026-11-22T16:00:00Z'), to: at('2026-11-23T16:00:00Z') })
})

test('months begin at the district’s midnight, over the turn of a year too', () => {
  const now = at('2026-12-31T16:00:00Z')
  expect(periodOf('month', now).from).toBe(at('2026-12-31T16:00:00Z'))
  expect(periodOf('lastMonth', now)).toEqual({ from: at('2026-11-30T16:00:00Z'), to: at('2026-12-31T16:00:00Z') })
})

test('stretches cover a period without gaps, in whole days', () => {
  for (const word of PERIODS) {
    const period = periodOf(word, at('2026-11-23T05:00:00Z'))
    const stretches = stretchesOf(period)
    expect(stretches[0]?.from).toBe(period.from)
    expect(stretches.at(-1)?.to).toBe(period.to)
    expect(stretches.length).toBeLessThanOrEqual(10)
    stretches.forEach(({ from, to }, n) => {
      expect((to - from) % 86_400_000).toBe(0)
      expect(to).toBeGreaterThan(from)
      if (n > 0) expect(from).toBe(stretches[n - 1]?.to)
    })
  }
})
