import { describe, expect, it } from 'vitest'
import type { Category } from '../../api/types'
import { searchCategories } from './categorySearch'

const condition = (opens_when: string) => ({ code: 'A', opens_when, closes_when: '', gravity: 1, limit: '', published: true, counts_for: [] })
const named = (code: string, name: string, initials: string, pinyin: string, opens = ''): Category =>
  ({ code, name, name_en: null, initials, pinyin, standard: 'city', group: 'event', class: '环境卫生', family: code, conditions: [condition(opens)] }) as unknown as Category

const CATEGORIES = [
  named('0101', '暴露垃圾', 'bllj', 'bao lu la ji', '公共场所散落垃圾'),
  named('0102', '垃圾桶满溢脏污', 'ljtmyzw', 'la ji tong man yi zang wu', '桶口高出 10 厘米'),
  named('1102', '井盖缺失破损', 'jgqsps', 'jing gai que shi po sun', '缺失'),
]
const codes = (query: string) => searchCategories(CATEGORIES, query).map((category) => category.code)

describe('search of categories', () => {
  it('shows all of them before anything is typed', () => {
    expect(codes('  ')).toEqual(['0101', '0102', '1102'])
  })

  it('finds by pinyin initials, in either case', () => {
    expect(codes('bllj')).toEqual(['0101'])
    expect(codes('JG')).toEqual(['1102'])
  })

  it('puts what begins with the letters before what holds them', () => {
    expect(codes('lj')).toEqual(['0102', '0101'])
  })

  it('finds by words, by whole pinyin with and without spaces, by code', () => {
    expect(codes('井盖')).toEqual(['1102'])
    expect(codes('jinggai')).toEqual(['1102'])
    expect(codes('jing gai')).toEqual(['1102'])
    expect(codes('110')).toEqual(['1102'])
  })

  it('finds by what a condition says, after everything named so', () => {
    expect(codes('散落')).toEqual(['0101'])
    expect(codes('垃圾')).toEqual(['0102', '0101'])
  })

  it('lets letters be left out', () => {
    expect(codes('jgps')).toEqual(['1102'])
    expect(codes('xyz')).toEqual([])
  })
})
