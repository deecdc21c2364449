import { describe, expect, it } from 'vitest'
import { clockWords, dayRuns, openAt, readHours } from './hours'

/** An instant of the district's time. 2026-11-23 is a Monday. */
const at = (text: string) => Date.parse(`${text}:00+08:00`)

describe('hours', () => {
  it('reads the ways in which days and hours are written', () => {
    expect(readHours('mon-fri 17:00-22:00')).toEqual({ days: [0, 1, 2, 3, 4], from: 1_020, until: 1_320 })
    expect(readHours('sat,sun 09:00-24:00')).toEqual({ days: [5, 6], from: 540, until: 1_440 })
    expect(readHours('Daily 18:00-01:00')).toEqual({ days: [0, 1, 2, 3, 4, 5, 6], from: 1_080, until: 1_500 })
    expect(readHours('fri-mon 08:00-09:00')?.days).toEqual([0, 4, 5, 6])
  })

  it.each(['', 'mon', 'mon 25:00-26:00', 'mon 09:60-10:00', 'someday 09:00-10:00', 'mon 09:00-09:00', 'mon 09:00', 'mon 24:00-01:00', 'mon 09:00-10:00 x'])('refuses %j', (line) => {
    expect(readHours(line)).toBeNull()
  })

  it('is open from its first minute to before its last, and says until when', () => {
    const lines = ['mon-fri 17:00-22:00', 'sat-sun 15:00-23:00']
    expect(openAt(lines, at('2026-11-23T16:59'))).toEqual({ open: false, change: { day: 0, minute: 1_020 } })
    expect(openAt(lines, at('2026-11-23T17:00'))).toEqual({ open: true, change: { day: 0, minute: 1_320 } })
    expect(openAt(lines, at('2026-11-23T22:00'))).toEqual({ open: false, change: { day: 1, minute: 1_020 } })
    expect(openAt(lines, at('2026-11-27T22:00')).change).toEqual({ day: 5, minute: 900 })
  })

  it('lets hours over midnight belong to the day they begin on', () => {
    expect(openAt(['fri 18:00-01:00'], at('2026-11-28T00:59'))).toEqual({ open: true, change: { day: 5, minute: 60 } })
    expect(openAt(['fri 18:00-01:00'], at('2026-11-28T01:00')).open).toBe(false)
    expect(openAt(['sun 18:00-01:00'], at('2026-11-23T00:30')).open).toBe(true)
  })

  it('runs on over neighbouring hours, and never closes when always open', () => {
    expect(openAt(['mon 08:00-12:00', 'mon 12:00-14:00'], at('2026-11-23T09:00')).change).toEqual({ day: 0, minute: 840 })
    expect(openAt(['daily 00:00-24:00'], at('2026-11-23T09:00'))).toEqual({ open: true, change: null })
    expect(openAt(['nobody knows'], at('2026-11-23T09:00'))).toEqual({ open: false, change: null })
  })

  it('has words for minutes and runs for days', () => {
    expect([clockWords(0), clockWords(1_020), clockWords(1_440), clockWords(1_500)]).toEqual(['00:00', '17:00', '24:00', '01:00'])
    expect(dayRuns([0, 1, 2, 4, 6])).toEqual([[0, 2], [4, 4], [6, 6]])
  })
})
