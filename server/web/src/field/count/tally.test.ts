import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Category } from '../../api/types'
import { counted, rateOf, targetsOf, uncounted, wordsFor, type Tap } from './tally'

const NOTHING = { seen: 0, right: 0 }
const named = (name: string, more: object, ...conditions: [opens_when: string, limit: string][]) =>
  ({ code: name, name, name_en: null, conditions: conditions.map(([opens_when, limit], n) => ({ code: String(n), opens_when, limit, published: true })), ...more }) as unknown as Category

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
  it('is what the taxonomy marks, a condition at a time', () => {
    const marked = named('骑行违法', { counted: true }, ['闯红灯或逆行，按时段计数', ''], ['骑乘人未戴头盔，按时段计数', ''])
    expect(targetsOf([marked, named('暴露垃圾', { counted: false }, ['散落', ''])]).map(({ name, condition }) => [condition, name])).toEqual([['0', '闯红灯或逆行'], ['1', '骑乘人未戴头盔']])
  })

  it('is, before anything was marked, what has no limit', () => {
    expect(targetsOf([named('礼让行人', {}, ['未礼让', '']), named('暴露垃圾', {}, ['散落', '2紧急工作时'])]).map(({ name }) => name)).toEqual(['礼让行人'])
  })

  it('is worn or not, if it is a helmet', () => {
    expect(wordsFor('骑乘人未戴头盔')).toBe('helmet')
    expect(wordsFor('机动车礼让')).toBe('plain')
  })
})
