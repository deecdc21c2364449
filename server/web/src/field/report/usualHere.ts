import type { Feature, FeatureCollection } from 'geojson'
import type { components } from '../../api/schema'
import type { Point, Position } from '../../api/types'
import { boxOfAll, distanceToM } from '../../maps/geometry'

type SiteKind = components['schemas']['SiteKindView']

/** Farther off than this, in metres, a site says nothing of what is seen here. */
const REACH_M = 120

/** What stands around a place: a site or point, with its kind. */
export interface Around { code: string; name: string; kind: string; metres: number }

/** The sites and points one stands at, the nearest first. */
export function standingAt(sites: FeatureCollection, points: readonly Point[], kinds: readonly SiteKind[], at: Position): Around[] {
  const kindOfPoint = new Map(kinds.flatMap(({ code, is_point }) => (is_point ? [[is_point, code] as const] : [])))
  const ofSite = ({ properties, geometry }: Feature): Around =>
    ({ code: String(properties?.['code'] ?? ''), name: String(properties?.['name'] ?? ''), kind: String(properties?.['kind'] ?? ''), metres: distanceToM(geometry, at) })
  const ofPoint = ({ code, name, kind, geometry }: Point): Around => ({ code, name, kind: kindOfPoint.get(kind) ?? kind, metres: distanceToM(geometry, at) })
  return [...sites.features.map(ofSite), ...points.map(ofPoint)].filter(({ metres }) => metres <= REACH_M).sort((a, b) => a.metres - b.metres)
}

/** The categories that the checklists of these sites lead to, each once, in the order of the sites. */
export function usualAt(around: readonly Around[], kinds: readonly SiteKind[]): string[] {
  const checklists = new Map(kinds.map(({ code, checklist }) => [code, checklist]))
  return [...new Set(around.flatMap(({ kind }) => (checklists.get(kind) ?? []).flatMap(({ categories }) => categories)))]
}

/** The street or compound one stands in or by. */
export function placeName(places: FeatureCollection, at: Position): string | null {
  const near = places.features
    .map(({ properties, geometry }) => ({ name: properties?.['name'] as unknown, metres: distanceToM(geometry, at) }))
    .filter(({ metres }) => metres <= REACH_M / 2)
    .sort((a, b) => a.metres - b.metres)[0]
  return typeof near?.name === 'string' ? near.name : null
}

/** The middle of one's duty areas: where a plan opens for somebody whose phone does not say where it is. */
export function middleOfAreas(areas: FeatureCollection): Position | null {
  const box = boxOfAll(areas.features)
  return box && { lat: (box[1] + box[3]) / 2, lon: (box[0] + box[2]) / 2 }
}
