import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Polygon } from 'geojson'
import { anchorOf, apartM, distanceM, distanceToM, holds, moved, pinAt, spotOf } from './geometry'
import { around, bandAt, outlineAt, ringsOf } from './surroundings'

const CENTRE = { lat: 30.66, lon: 113.16 }
const at = (east: number, north: number) => moved(CENTRE, east, north)
const corner = (east: number, north: number) => { const { lon, lat } = at(east, north); return [lon, lat] }
const square = (half: number, east = 0): Polygon => ({
  type: 'Polygon', coordinates: [[corner(east - half, -half), corner(east + half, -half), corner(east + half, half), corner(east - half, half), corner(east - half, -half)]],
})
const market = (radius: number) => ({ code: 'P1', name: '东关农贸市场', kind: 'market', radius_m: radius, geometry: square(50) })
const metres = fc.integer({ min: -3_000, max: 3_000 })

describe('distances', () => {
  it('agree with geodesics on WGS-84', () => {
    // By Vincenty's inverse formula.
    expect(distanceM(CENTRE, { lat: 30.678, lon: 113.16 })).toBeCloseTo(1_995.55, 1)
    expect(distanceM(CENTRE, { lat: 30.66, lon: 113.18 })).toBeCloseTo(1_916.83, 1)
    expect(distanceM(CENTRE, { lat: 30.672, lon: 113.175 })).toBeCloseTo(1_958.67, 1)
  })

  it('go there and back', () => {
    fc.assert(fc.property(metres, metres, (east, north) => {
      expect(distanceM(CENTRE, at(east, north))).toBeCloseTo(Math.hypot(east, north), 1)
    }))
  })

  it('are measured from the edge, and are nothing inside', () => {
    expect(distanceToM(square(50), at(150, 0))).toBeCloseTo(100, 1)
    expect(distanceToM(square(50), at(150, 150))).toBeCloseTo(Math.hypot(100, 100), 1)
    expect(distanceToM(square(50), at(10, 10))).toBe(0)
    expect(distanceToM(pinAt(corner(0, 0)).geometry, at(30, 40))).toBeCloseTo(50, 2)
  })

  it('between shapes are those of their nearest parts', () => {
    expect(apartM(square(50), square(20, 300))).toBeCloseTo(230, 0)
    expect(apartM(square(50), square(5))).toBe(0)
    // A long street passes the corner of a small footprint between its own corners.
    expect(apartM(square(50), { type: 'LineString', coordinates: [corner(-900, 80), corner(900, 80)] })).toBeCloseTo(30, 0)
  })

  it('know a hole', () => {
    const ring: Polygon = { type: 'Polygon', coordinates: [...square(100).coordinates, ...square(50).coordinates] }
    expect([holds(ring, at(75, 0)), holds(ring, CENTRE), holds(ring, at(200, 0))]).toEqual([true, false, false])
  })
})

describe('surroundings', () => {
  it('fall into bands up to the radius', () => {
    expect([0, 500, 500.1, 1_000, 1_001].map((distance) => bandAt(distance, 1_000))).toEqual(['core', 'core', 'near', 'near', null])
    expect([bandAt(1_500, 2_000), bandAt(301, 300)]).toEqual(['wide', null])
  })

  it('have a ring for each band they reach, the widest first', () => {
    const reach = (radius: number) => ringsOf(market(radius)).map((ring) => [ring.properties?.['band'], ring.properties?.['metres']])
    expect(reach(500)).toEqual([['core', 500]])
    expect(reach(800)).toEqual([['near', 800], ['core', 500]])
    expect(reach(2_000)).toEqual([['wide', 2_000], ['near', 1_000], ['core', 500]])
  })

  it('are outlined at their distance from the edge', () => {
    const outline = outlineAt(square(50), 500)
    for (const one of outline?.coordinates[0] ?? []) expect(distanceToM(square(50), spotOf(one))).toBeCloseTo(500, 0)
  })

  it('name what lies in them, the nearest first', () => {
    const shop = { type: 'Feature' as const, properties: { name: 'far' }, geometry: square(10, 700) }
    const near = { type: 'Feature' as const, properties: { name: 'near' }, geometry: square(10, 100) }
    const off = { type: 'Feature' as const, properties: { name: 'off' }, geometry: square(10, 2_000) }
    expect(around(market(1_000), [shop, near, off]).map(({ feature, band }) => [feature.properties?.['name'], band])).toEqual([['near', 'core'], ['far', 'near']])
  })
})

describe('an anchor', () => {
  it('of a town that lies round another is in the town', () => {
    const town: Polygon = { type: 'Polygon', coordinates: [...square(1_000).coordinates, ...square(600).coordinates] }
    const anchor = spotOf(anchorOf(town) ?? [])
    expect(holds(town, anchor)).toBe(true)
    expect(distanceM(anchor, CENTRE)).toBeGreaterThan(700)
    expect(distanceM(spotOf(anchorOf(square(50)) ?? []), CENTRE)).toBeLessThan(0.01)
  })

  it('of a street lies on the street', () => {
    const line = { type: 'LineString' as const, coordinates: [corner(0, 0), corner(0, 300), corner(100, 300)] }
    const anchor = anchorOf(line)
    expect(distanceM(spotOf(anchor ?? []), at(0, 200))).toBeLessThan(0.5)
  })
})
