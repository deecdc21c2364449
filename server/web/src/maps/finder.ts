import type { Feature, Geometry } from 'geojson'
import { textOf, type District } from './district'
import { anchorOf, distanceM, spotOf, type Spot } from './geometry'
import { findInitials, initialsOf } from './pinyin'

/** What something that can be looked for is. */
export type FoundKind = 'point' | 'back_street' | 'compound' | 'site' | 'area' | 'permitted_zone'

/** Something with a name and a place. */
export interface Findable {
  key: string
  kind: FoundKind
  name: string
  /** The area it lies in, or what tells two of one name apart; may be empty. */
  within: string
  spot: Spot
  geometry: Geometry
  initials: string[]
}

/** Of several equally good, streets and compounds first: they are what one stands in. */
const KINDS: FoundKind[] = ['back_street', 'compound', 'point', 'site', 'permitted_zone', 'area']

function findable(kind: FoundKind, code: string, name: string, geometry: Geometry, within = ''): Findable[] {
  const anchor = anchorOf(geometry)
  if (!anchor || name === '') return []
  return [{ key: `${kind}:${code}`, kind, name, within, spot: spotOf(anchor), geometry, initials: initialsOf(name) }]
}

const ofFeature = (kind: FoundKind, feature: Feature): Findable[] =>
  findable(kind, textOf(feature, 'code'), textOf(feature, 'name'), feature.geometry)

/** Everything in a district that has a name. */
export function findablesOf(district: District): Findable[] {
  return [
    ...district.places.features.flatMap((place) => ofFeature(textOf(place, 'kind') === 'compound' ? 'compound' : 'back_street', place)),
    ...district.points.flatMap((point) => findable('point', point.code, point.name, point.geometry)),
    ...district.sites.features.flatMap((site) => ofFeature('site', site)),
    ...district.permitted_zones.features.flatMap((zone) => ofFeature('permitted_zone', zone)),
    ...district.areas.features.flatMap((area) => ofFeature('area', area)),
  ]
}

/** How well a name answers to what was typed: the lower the better; null for not at all. */
function rankOf({ name, initials }: Findable, typed: string): number | null {
  if (name === typed) return 0
  if (name.startsWith(typed)) return 1
  if (name.includes(typed)) return 2
  if (!/^[a-z0-9]+$/.test(typed)) return null
  const at = findInitials(initials, typed)
  if (at < 0) return null
  if (at > 0) return 5
  return initials.length === typed.length ? 3 : 4
}

/**
 * What answers to some typed words or pinyin initials, the best first; among equally good ones
 * the nearest to `near`, where one stands.
 */
export function find(all: Findable[], typed: string, near: Spot | null, most = 8): Findable[] {
  const asked = typed.trim().toLowerCase().replace(/\s+/g, '')
  if (asked === '') return []
  return all
    .flatMap((one) => {
      const rank = rankOf(one, asked)
      return rank === null ? [] : [{ one, rank, far: near ? distanceM(near, one.spot) : KINDS.indexOf(one.kind) }]
    })
    .sort((a, b) => a.rank - b.rank || a.far - b.far || a.one.name.localeCompare(b.one.name, 'zh'))
    .slice(0, most)
    .map(({ one }) => one)
}
