import type { Feature } from 'geojson'
import { textOf } from '../../maps/district'
import type { Spot } from '../../maps/geometry'
import { issuesIn, layerOf } from '../../maps/useTapped'

/** What a tap on the map is about: the first of these that a finger covers. */
export type Subject =
  | { kind: 'issues'; ids: number[]; spot: Spot }
  | { kind: 'point' | 'zone' | 'place'; code: string; spot: Spot }
  | { kind: 'spot'; spot: Spot }

const KINDS: Record<string, 'point' | 'zone' | 'place'> = {
  pin: 'point', 'footprint-fill': 'point', 'zone-fill': 'zone', street: 'place', compound: 'place',
}

/** What was tapped; `hits` come the topmost first. */
export function subjectOf(hits: Feature[], spot: Spot): Subject {
  const ids = issuesIn(hits)
  if (ids.length > 0) return { kind: 'issues', ids, spot }
  for (const hit of hits) {
    const kind = KINDS[layerOf(hit)]
    if (kind) return { kind, code: textOf(hit, 'code'), spot }
  }
  return { kind: 'spot', spot }
}
