import { describe, expect, it } from 'vitest'
import { isNight, midnight, NO_RATE, rateColour, RATE_CLASSES } from './rates'
import { waitAfter } from './useSteadyLoop'

const at = (text: string) => Date.parse(`${text}+08:00`)

describe('a rate', () => {
  it('falls into the class that it reaches', () => {
    expect([0, 89.99, 90, 97.99, 99.49, 99.5, 100].map((percent) => RATE_CLASSES.findIndex(({ day }) => day === rateColour(percent, 'wallDay')))).toEqual([0, 0, 1, 2, 3, 4, 4])
  })

  it('has no colour of praise or blame where nothing was due', () => {
    expect([rateColour(null, 'wallDay'), rateColour(undefined, 'wallNight')]).toEqual([NO_RATE.day, NO_RATE.night])
  })
})

describe('the day of a wall', () => {
  it('begins at the district’s midnight', () => {
    expect(midnight(at('2026-11-23T00:00:00'))).toBe(at('2026-11-23T00:00:00'))
    expect(midnight(at('2026-11-23T23:59:59'))).toBe(at('2026-11-23T00:00:00'))
    expect(midnight(at('2026-11-23T07:59:00'), 29)).toBe(at('2026-10-25T00:00:00'))
  })

  it('is dark from evening to morning', () => {
    expect(['06:29', '06:30', '18:29', '18:30', '00:00'].map((time) => isNight(at(`2026-11-23T${time}:00`)))).toEqual([true, false, false, true, true])
  })
})

describe('a loop', () => {
  it('waits longer after each failure, up to a minute', () => {
    expect([1, 2, 3, 4, 5, 50].map(waitAfter)).toEqual([5_000, 10_000, 20_000, 40_000, 60_000, 60_000])
  })
})
