import { describe, expect, it } from 'vitest'
import { standing } from './standing'

describe('where a time with shorter limits stands', () => {
  const period = { from: '2026-12-01T00:00:00Z', until: '2026-12-20T00:00:00Z', withdrawn: false }

  it.each([
    ['2026-11-30T23:59:59Z', 'ahead'], ['2026-12-01T00:00:00Z', 'now'], ['2026-12-19T23:59:59Z', 'now'], ['2026-12-20T00:00:00Z', 'over'],
  ])('at %s it is %s', (at, word) => {
    expect(standing(period, Date.parse(at))).toBe(word)
  })

  it('is withdrawn whenever it is looked at', () => {
    expect(standing({ ...period, withdrawn: true }, Date.parse('2026-12-05T00:00:00Z'))).toBe('withdrawn')
  })
})
