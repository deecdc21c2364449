import { describe, expect, it } from 'vitest'
import { moved } from '../../maps/geometry'
import { standingAt, usualAt } from './usualHere'

const HERE = { lat: 30.65, lon: 113.16 }
const at = (east: number, north: number): [number, number] => { const { lon, lat } = moved(HERE, east, north); return [lon, lat] }
const item = (code: string, ...categories: string[]) => ({ code, text: code, text_en: null, categories })
const KINDS = [
  { code: 'park', name: '公园', name_en: null, is_point: null, checklist: [item('p1', '0601', '0101')] },
  { code: 'market_site', name: '市场', name_en: null, is_point: 'market', checklist: [item('m1', '0204'), item('m2', '0101')] },
]
const SITES = { type: 'FeatureCollection' as const, features: [
  { type: 'Feature' as const, properties: { code: 'S1', kind: 'park', name: '云汀公园' }, geometry: { type: 'Polygon' as const, coordinates: [[at(50, -20), at(150, -20), at(150, 80), at(50, -20)]] } },
  { type: 'Feature' as const, properties: { code: 'S2', kind: 'park', name: '远处公园' }, geometry: { type: 'Point' as const, coordinates: at(900, 0) } },
] }
const POINTS = [{ code: 'P1', name: '东门市场', kind: 'market', radius_m: 500, geometry: { type: 'Point' as const, coordinates: at(-20, 0) } }]

describe('what is usual here', () => {
  it('comes from the sites and points one stands at, the nearest first', () => {
    expect(standingAt(SITES, POINTS, KINDS, HERE).map(({ code, metres }) => [code, Math.round(metres)])).toEqual([['P1', 20], ['S1', 54]])
  })

  it('is each category once', () => {
    expect(usualAt(standingAt(SITES, POINTS, KINDS, HERE), KINDS)).toEqual(['0204', '0101', '0601'])
  })

  it('is nothing away from any site', () => {
    expect(usualAt(standingAt(SITES, POINTS, KINDS, moved(HERE, 0, 3_000)), KINDS)).toEqual([])
  })
})
