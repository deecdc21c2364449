import { describe, expect, it } from 'vitest'
import type { Geometry } from 'geojson'
import { moved } from '../../maps/geometry'
import { labelOf, planShapes, scaleBar, type PlanShape, type PlanSources } from './plan'

const HERE = { lat: 30.65, lon: 113.16 }
const at = (east: number, north: number): [number, number] => { const { lon, lat } = moved(HERE, east, north); return [lon, lat] }
const feature = (geometry: Geometry, properties: Record<string, unknown>) => ({ type: 'Feature' as const, geometry, properties })
const none = { type: 'FeatureCollection' as const, features: [] }
const square = (east: number): Geometry => ({ type: 'Polygon', coordinates: [[at(east, 0), at(east + 40, 0), at(east + 40, 40), at(east, 0)]] })

const SOURCES: PlanSources = {
  places: { type: 'FeatureCollection', features: [
    feature({ type: 'LineString', coordinates: [at(-300, 10), at(300, 10)] }, { kind: 'back_street', name: '工农里' }),
    feature(square(20), { kind: 'compound', name: '春晖小区' }),
    feature(square(900), { kind: 'compound', name: '远处小区' }),
  ] },
  sites: none, permitted_zones: none,
  points: [{ code: 'P1', name: '东门市场', kind: 'market', radius_m: 1000, geometry: { type: 'Point', coordinates: at(-30, -30) } }],
}

describe('a plan', () => {
  it('shows what is near, streets above compounds', () => {
    expect(planShapes(SOURCES, HERE, 100).map(({ name }) => name)).toEqual(['春晖小区', '东门市场', '工农里'])
  })

  it('draws a street that passes through from edge to edge, its name within sight', () => {
    const street = planShapes(SOURCES, HERE, 100).find(({ name }) => name === '工农里')
    expect(street?.closed).toBe(false)
    const label = labelOf(street as PlanShape, { x: 0, y: 0, half: 80 })
    expect(Math.abs(label?.[0] ?? Infinity)).toBeLessThan(80)
    expect(label?.[1]).toBeCloseTo(-10, 1)
  })

  it('names nothing that is out of sight', () => {
    const names = planShapes(SOURCES, HERE, 100).filter((shape) => labelOf(shape, { x: 0, y: 40, half: 15 })).map(({ name }) => name)
    expect(names).toEqual([])
  })

  it('has north up', () => {
    const market = planShapes(SOURCES, HERE, 100).find(({ name }) => name === '东门市场')
    expect(market?.path).toBe('M-30.0 30.0')
  })
})

describe('the bar under a plan', () => {
  it('is a round number of metres', () => {
    expect(scaleBar(160)).toBe(20)
    expect(scaleBar(400)).toBe(50)
  })
})
