import type { Feature, Geometry, Polygon, Position as LonLat } from 'geojson'
import type { Point } from '../api/types'
import { apartM, corners, lonLat, moved, spotOf } from './geometry'

/** How near something is to a point. */
export type Band = 'core' | 'near' | 'wide'

/** Where each band ends, metres from the edge of the point's footprint. */
export const BAND_ENDS: Record<Band, number> = { core: 500, near: 1_000, wide: 2_000 }

export const BANDS = Object.keys(BAND_ENDS) as Band[]

/** The band that a distance falls into; null where it is beyond the point's surroundings. */
export function bandAt(distance: number, radius: number): Band | null {
  if (distance > radius) return null
  return BANDS.find((band) => distance <= BAND_ENDS[band]) ?? null
}

const STEPS = 48

/** Convex hull, counter-clockwise (Andrew's monotone chain, 1979). */
function hull(all: LonLat[]): LonLat[] {
  const sorted = [...all].sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0) || (a[1] ?? 0) - (b[1] ?? 0))
  const turn = (o: LonLat, a: LonLat, b: LonLat): number =>
    ((a[0] ?? 0) - (o[0] ?? 0)) * ((b[1] ?? 0) - (o[1] ?? 0)) - ((a[1] ?? 0) - (o[1] ?? 0)) * ((b[0] ?? 0) - (o[0] ?? 0))
  const half = (ordered: LonLat[]): LonLat[] => {
    const chain: LonLat[] = []
    for (const next of ordered) {
      while (chain.length > 1 && turn(chain.at(-2) as LonLat, chain.at(-1) as LonLat, next) <= 0) chain.pop()
      chain.push(next)
    }
    return chain.slice(0, -1)
  }
  return [...half(sorted), ...half(sorted.reverse())]
}

/**
 * The outline of everything within `metres` of a geometry's edge, not of its middle: a circle
 * round a location; round a footprint the hull of circles about its corners, exact for a convex one.
 */
export function outlineAt(geometry: Geometry, metres: number): Polygon | null {
  const from = corners(geometry)
  if (from.length === 0) return null
  const around = from.flatMap((corner) => Array.from({ length: STEPS }, (_, step): LonLat => {
    const angle = (2 * Math.PI * step) / STEPS
    return lonLat(moved(spotOf(corner), metres * Math.cos(angle), metres * Math.sin(angle)))
  }))
  const ring = hull(around)
  return { type: 'Polygon', coordinates: [[...ring, ring[0] as LonLat]] }
}

/** The outline of a point's whole surroundings. */
export function surroundingsOutline(point: Point): Polygon | null {
  return outlineAt(point.geometry, point.radius_m)
}

/** One ring for each band that a point's surroundings reach, the widest first; the last ends at its radius. */
export function ringsOf(point: Point): Feature[] {
  const reached = BANDS.filter((_, at) => at === 0 || BAND_ENDS[BANDS[at - 1] as Band] < point.radius_m)
  return reached.reverse().flatMap((band): Feature[] => {
    const metres = Math.min(BAND_ENDS[band], point.radius_m)
    const geometry = outlineAt(point.geometry, metres)
    return geometry ? [{ type: 'Feature', properties: { code: point.code, band, metres }, geometry }] : []
  })
}

/** Something that lies in a point's surroundings. */
export interface Around {
  feature: Feature
  band: Band
  distance: number
}

/** What of some features lies in a point's surroundings, the nearest first. */
export function around(point: Point, features: Feature[]): Around[] {
  return features
    .flatMap((feature): Around[] => {
      const distance = apartM(point.geometry, feature.geometry)
      const band = bandAt(distance, point.radius_m)
      return band ? [{ feature, band, distance }] : []
    })
    .sort((a, b) => a.distance - b.distance)
}
