import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Category } from '../../api/types'
import { counted, countedCategories, rateOf, uncounted, wordsFor, type Tap } from './tally'

const NOTHING = { seen: 0, right: 0 }
const named = (name: string, isCounted?: boolean) => ({ name, ...(isCounted === undefined ? {} : { counted: isCounted }) }) as unknown as Category

describe('a count', () => {
  it('says nothing of nothing', () => {
    expect(rateOf(NOTHING)).toBeNull()
  })

  it('is n seen, k right', () => {
    const taps: Tap[] = ['right', 'right', 'wrong']
    const count = taps.reduce(counted, NOTHING)
    expect(count).toEqual({ seen: 3, right: 2 })
    expect(rateOf(count)).toBe('66.7 %')
  })

  it('comes back to what it was when every tap is taken back, and is never more right than seen', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom<Tap>('right', 'wrong')), (taps) => {
      const count = taps.reduce(counted, NOTHING)
      expect(count.right).toBeLessThanOrEqual(count.seen)
      expect([...taps].reverse().reduce(uncounted, count)).toEqual(NOTHING)
    }))
  })
})

describe('what is counted', () => {
  it('is what the taxonomy marks; where it marks none, anything', () => {
    expect(countedCategories([named('骑行不戴头盔', true), named('暴露垃圾', false)])).toHaveLength(1)
    expect(countedCategories([named('骑行违法'), named('暴露垃圾')])).toHaveLength(2)
  })

  it('is worn or not, if it is a helmet', () => {
    expect(wordsFor(named('骑行未戴头盔'))).toBe('helmet')
    expect(wordsFor(named('机动车礼让'))).toBe('plain')
    expect(wordsFor(null)).toBe('plain')
  })
})
