import type { StatedPosition } from '../api/types'
import { areasOfLevel, textOf, type District } from './district'
import { distanceToM, holds, type Spot } from './geometry'
import type { Findable } from './finder'

/** A position that somebody chose, or that the device stated and nobody moved. */
export interface Picked extends Spot {
  datum: 'wgs84'
  /** Radius of confidence, metres; null once a hand has placed it. */
  accuracy_m: number | null
  by: 'device' | 'hand' | 'search'
  /** What was found by its name, where it was. */
  name: string | null
}

/** What the device said. */
export interface DevicePosition extends Spot {
  accuracy_m: number | null
}

export const byHand = ({ lat, lon }: Spot): Picked => ({ lat, lon, datum: 'wgs84', accuracy_m: null, by: 'hand', name: null })
export const byDevice = ({ lat, lon, accuracy_m }: DevicePosition): Picked => ({ lat, lon, datum: 'wgs84', accuracy_m, by: 'device', name: null })
export const bySearch = ({ spot, name }: Findable): Picked => ({ ...spot, datum: 'wgs84', accuracy_m: null, by: 'search', name })

/** A picked position as the server wants it. */
export const statedOf = ({ lat, lon, datum, accuracy_m }: Picked): StatedPosition => ({ lat, lon, datum, ...(accuracy_m === null ? {} : { accuracy_m }) })

/** Where a spot is, by the names around it. */
export interface Whereabouts {
  /** The finest area that holds it; null outside of all. */
  area: string | null
  /** The street, compound or point that it is in or next to; null where there is none nearby. */
  next: { name: string; distance: number } | null
}

/** Something farther than this says nothing about where one is, metres. */
const NEXT_TO_M = 120

/** Names where a spot is. */
export function whereabouts({ areas }: District, named: Findable[], spot: Spot): Whereabouts {
  const holding = ['community', 'subdistrict', 'district'].flatMap((level) => areasOfLevel(areas, level)).find((area) => holds(area.geometry, spot))
  const nearest = named
    .filter(({ kind }) => kind === 'back_street' || kind === 'compound' || kind === 'point' || kind === 'site')
    .map(({ name, geometry }) => ({ name, distance: distanceToM(geometry, spot) }))
    .reduce<{ name: string; distance: number } | null>((best, one) => (one.distance <= NEXT_TO_M && (!best || one.distance < best.distance) ? one : best), null)
  return { area: holding ? textOf(holding, 'name') : null, next: nearest }
}
