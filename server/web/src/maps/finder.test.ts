import { describe, expect, it } from 'vitest'
import type { Feature } from 'geojson'
import { NO_DISTRICT } from './district'
import { find, findablesOf } from './finder'
import { collection } from './geometry'
import { findInitials, initialsOf } from './pinyin'

const street = (code: string, name: string, lon: number): Feature =>
  ({ type: 'Feature', properties: { code, name, kind: 'back_street' }, geometry: { type: 'LineString', coordinates: [[lon, 30], [lon, 30.001]] } })
const compound = (code: string, name: string): Feature =>
  ({ type: 'Feature', properties: { code, name, kind: 'compound' }, geometry: { type: 'Polygon', coordinates: [[[113, 30], [113.001, 30], [113.001, 30.001], [113, 30]]] } })

const named = findablesOf({
  ...NO_DISTRICT,
  places: collection([street('B1', '迎宾巷', 113), street('B2', '迎宾横巷', 113.1), street('B3', '长乐巷', 113.2), compound('C1', '迎宾新村'), compound('C2', '东迎宾巷')]),
  points: [{ code: 'P1', name: '银杏社区', kind: 'community', radius_m: 500, geometry: { type: 'Point', coordinates: [113, 30] } }],
})
const names = (typed: string, near = { lat: 30, lon: 113 }) => find(named, typed, near).map((one) => one.name)

describe('pinyin initials', () => {
  it('are read without a dictionary', () => {
    expect(initialsOf('滨河社区').join('')).toBe('bhsq')
    expect(initialsOf('育才小学3号').join('')).toBe('ycxx3h')
    expect(initialsOf('南湖·二期（东）').join('')).toBe('nheqd')
  })

  it('know characters with several readings', () => {
    expect(findInitials(initialsOf('长乐巷'), 'clx')).toBe(0)
    expect(findInitials(initialsOf('长乐巷'), 'zlx')).toBe(0)
    expect(findInitials(initialsOf('长乐巷'), 'lx')).toBe(1)
    expect(findInitials(initialsOf('长乐巷'), 'clxx')).toBe(-1)
  })
})

describe('finding', () => {
  it('puts the name itself first, then what begins with it, then what holds it', () => {
    expect(names('迎宾巷')).toEqual(['迎宾巷', '东迎宾巷'])
    expect(names('迎宾')[2]).toBe('迎宾横巷')
    expect(names('迎宾').at(-1)).toBe('东迎宾巷')
  })

  it('answers to initials, whole ones before beginnings', () => {
    expect(names('ybx')[0]).toBe('迎宾巷')
    expect(names('ybx')).toContain('迎宾新村')
    expect(names('YXSQ')).toEqual(['银杏社区'])
  })

  it('puts the nearer of two equally good ones first', () => {
    expect(names('迎宾', { lat: 30, lon: 113.1 })[0]).toBe('迎宾横巷')
  })

  it('finds nothing for nothing', () => {
    expect(names('  ')).toEqual([])
    expect(names('没有这条街')).toEqual([])
  })
})
