import { describe, expect, it } from 'vitest'
import { linesOf } from './longPicture'

const each = (text: string): number => text.length * 10

describe('a text on the long picture', () => {
  it('is cut where it no longer fits', () => {
    expect(linesOf(each, '菜场西门垃圾', 40, 3)).toEqual(['菜场西门', '垃圾'])
  })
  it('ends with dots where it has more lines than there is room', () => {
    expect(linesOf(each, '一二三四五六七八九', 30, 2)).toEqual(['一二三', '四五…'])
  })
  it('is nothing where there is none', () => {
    expect(linesOf(each, '', 30, 2)).toEqual([])
  })
})
