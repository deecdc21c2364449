/* A base map of the operator's choice, laid under what the district draws of itself. */
import type { LayerSpecification, Map as MapLibreMap } from 'maplibre-gl'
import { api, once } from '../api/client'
import { answerOf } from '../api/problem'
import type { components } from '../api/schema'
import type { SkinName } from './skins'

export type BaseMap = components['schemas']['BaseMap']

/** Which tiles the operator gives, if any. */
export const loadBaseMap = once<BaseMap>(() => answerOf(api.GET('/base-map')))

/** The lowest layer that stays above the tiles whole. */
const ABOVE = 'zone-fill'
/** Layers of the ground that come above the tiles, and how much of them still covers what is below. */
const SHOWN_THROUGH: [layer: string, property: string, value: unknown][] = [
  ['area-tint', 'fill-opacity', ['case', ['to-boolean', ['feature-state', 'tint']], 0.55, 0]],
  ['compound', 'fill-opacity', 0.3],
  ['street', 'line-opacity', 0.7],
  ['area-line', 'line-opacity', 1],
]
/** Names that a base map has too: gone once it is there, since without a network it is not. */
const ITS_OWN_NAMES = ['road-name', 'park-name']

const idOf = (at: number): string => `base-${at}`

/** An address of tiles as the map wants it: whole. */
const absolute = (tiles: string): string => (tiles.startsWith('/') ? `${location.origin}${tiles}` : tiles)

/** What the tiles look like under a skin: a wall by night does not dazzle. */
function paintOf(skin: SkinName): NonNullable<Extract<LayerSpecification, { type: 'raster' }>['paint']> {
  const dark = skin === 'night' || skin === 'wallNight'
  return { 'raster-fade-duration': 0, 'raster-brightness-max': dark ? 0.45 : 1, 'raster-saturation': dark ? -0.6 : -0.25 }
}

/** Lays the tiles under the district's own zones, rings and points. What of the ground lies below them shows where none came. */
export function layUnder(map: MapLibreMap, base: BaseMap, skin: SkinName): void {
  if (base.tiles.length === 0) return
  base.tiles.forEach((tiles, at) => {
    map.addSource(idOf(at), { type: 'raster', tiles: [absolute(tiles)], tileSize: 256, maxzoom: 18 })
    map.addLayer({ id: idOf(at), type: 'raster', source: idOf(at) }, ABOVE)
  })
  for (const [layer] of SHOWN_THROUGH) map.moveLayer(layer, ABOVE)
  const arrived = (event: { sourceId?: string; tile?: unknown }): void => {
    if (event.sourceId !== idOf(0) || !event.tile) return
    map.off('sourcedata', arrived)
    for (const layer of ITS_OWN_NAMES) map.setLayoutProperty(layer, 'visibility', 'none')
  }
  map.on('sourcedata', arrived)
  paintOver(map, base, skin)
}

/** What a skin is painted with over the tiles; after each change of the skin. */
export function paintOver(map: MapLibreMap, base: BaseMap, skin: SkinName): void {
  if (base.tiles.length === 0) return
  for (const [layer, property, value] of SHOWN_THROUGH) map.setPaintProperty(layer, property as never, value as never)
  base.tiles.forEach((_tiles, at) => {
    for (const [property, value] of Object.entries(paintOf(skin))) map.setPaintProperty(idOf(at), property as never, value as never)
  })
}
