import { describe, expect, it } from 'vitest'
import type { Feature } from 'geojson'
import { pointedAt, queryOfSpot } from './pointed'
import { subjectOf } from './subjects'

const SPOT = { lat: 30.66, lon: 113.16 }
const hit = (layer: string, properties: Record<string, unknown>): Feature =>
  ({ type: 'Feature', properties, geometry: { type: 'Point', coordinates: [0, 0] }, layer: { id: layer } }) as Feature

describe('a tap', () => {
  it('is about every issue under the finger, each once, before anything else', () => {
    const hits = [hit('issue', { id: 7 }), hit('issue', { id: 9 }), hit('issue', { id: 7 }), hit('pin', { code: 'P1' })]
    expect(subjectOf(hits, SPOT)).toEqual({ kind: 'issues', ids: [7, 9], spot: SPOT })
  })

  it('is about the topmost thing with a name', () => {
    expect(subjectOf([hit('zone-fill', { code: 'Z1' }), hit('street', { code: 'B1' })], SPOT)).toMatchObject({ kind: 'zone', code: 'Z1' })
    expect(subjectOf([hit('footprint-fill', { code: 'P1' })], SPOT)).toMatchObject({ kind: 'point', code: 'P1' })
    expect(subjectOf([hit('compound', { code: 'C1' })], SPOT)).toMatchObject({ kind: 'place', code: 'C1' })
  })

  it('on bare ground is about that spot', () => {
    expect(subjectOf([], SPOT)).toEqual({ kind: 'spot', spot: SPOT })
  })
})

describe('a place pointed at', () => {
  it('comes through an address', () => {
    expect(pointedAt(queryOfSpot({ lat: 30.66, lon: 113.1600004 }) as Record<string, string>)).toEqual({ lat: 30.66, lon: 113.16, datum: 'wgs84' })
  })

  it.each([{}, { lat: '30.66' }, { lat: '', lon: '' }, { lat: 'x', lon: '113' }, { lat: '91', lon: '113' }])('is not read out of %j', (query) => {
    expect(pointedAt(query as Record<string, string>)).toBeNull()
  })
})
