import { describe, expect, it } from 'vitest'
import type { Category } from '../api/types'
import { choicesOf, findChoices } from './conditionSearch'

function category(code: string, name: string, name_en: string, conditions: [string, string, boolean?][]): Category {
  return {
    code, name, name_en, aliases: [], standard: 'city', group: 'event', class: '环境卫生', family: code,
    conditions: conditions.map(([one, opens_when, published = true], at) => ({
      code: one, opens_when, closes_when: '', gravity: at + 1, limit: '2紧急工作时', limit_text: null, published, unpublished_why: null, responsible: null, counts_for: [],
    })),
  } as unknown as Category
}

const all = choicesOf([
  category('0101', '暴露垃圾', 'Exposed rubbish', [['0101A', '垃圾散落面积达到5平方米'], ['0101B', '公共场所散落垃圾达到1平方米']]),
  category('0302', '乱堆物堆料', 'Piled materials', [['0302A', '占用通道堆放'], ['0302B', '沿街堆放', false]]),
  category('1102', '井盖破损', 'Broken cover', [['1102A', '缺失'], ['1102B', '破损']]),
])
const found = (typed: string) => findChoices(all, typed).map((choice) => choice.condition)

describe('conditions are found', () => {
  it('by words of the category, its initials, English and code, the gravest first', () => {
    expect(found('垃圾')).toEqual(['0101A', '0101B'])
    expect(found('bllj')).toEqual(['0101A', '0101B'])
    expect(found('rubb')).toEqual(['0101A', '0101B'])
    expect(found('0101b')).toEqual(['0101B'])
  })
  it('by several words that all hold, what opens it too', () => {
    expect(found('井盖 缺失')).toEqual(['1102A'])
    expect(found('井盖 堆放')).toEqual([])
  })
  it('only where they are published', () => {
    expect(found('0302')).toEqual(['0302A'])
  })
  it('and nothing typed finds nothing', () => {
    expect(found('  ')).toEqual([])
  })
})
