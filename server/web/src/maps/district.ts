import type { Feature, FeatureCollection } from 'geojson'
import type { Point } from '../api/types'

/** What the district's own map is drawn from: the whole of it, or what a field pack holds. */
export interface District {
  areas: FeatureCollection
  /** Back streets and compounds. */
  places: FeatureCollection
  /** Main roads, shopping streets, parks and other observed sites. */
  sites: FeatureCollection
  permitted_zones: FeatureCollection
  points: Point[]
}

export const NO_DISTRICT: District = {
  areas: { type: 'FeatureCollection', features: [] },
  places: { type: 'FeatureCollection', features: [] },
  sites: { type: 'FeatureCollection', features: [] },
  permitted_zones: { type: 'FeatureCollection', features: [] },
  points: [],
}

/** A property of a feature as text; empty where it has none. */
export function textOf(feature: Feature, name: string): string {
  const value: unknown = feature.properties?.[name]
  return typeof value === 'string' ? value : ''
}

/** A property of a feature that is a list of texts. */
export function textsOf(feature: Feature, name: string): string[] {
  const value: unknown = feature.properties?.[name]
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []
}

/** The feature of a code; null where there is none. */
export function byCode(features: FeatureCollection, code: string): Feature | null {
  return features.features.find((feature) => textOf(feature, 'code') === code) ?? null
}

/** The areas of one level: `district`, `subdistrict` or `community`. */
export function areasOfLevel(areas: FeatureCollection, level: string): Feature[] {
  return areas.features.filter((area) => textOf(area, 'level') === level)
}
