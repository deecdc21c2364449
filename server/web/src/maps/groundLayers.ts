import type { ExpressionSpecification, LayerSpecification, SymbolLayerSpecification } from 'maplibre-gl'
import type { Skin } from './skins'

const FONT = ['sans-serif']
const isKind = (...kinds: string[]): ExpressionSpecification => ['in', ['get', 'kind'], ['literal', kinds]]
const byZoom = (...stops: number[]): ExpressionSpecification => ['interpolate', ['linear'], ['zoom'], ...stops] as ExpressionSpecification

/** A size in pixels, or by zoom in pairs of zoom and pixels. */
function scaled(size: number | number[], scale: number): ExpressionSpecification | number {
  return typeof size === 'number' ? size * scale : byZoom(...size.map((one, at) => (at % 2 === 1 ? one * scale : one)))
}

/** A layer of names, with the halo that keeps them legible on anything. */
function names(id: string, source: string, skin: Skin, more: Partial<SymbolLayerSpecification> & { colour?: string; size: number | number[] }): LayerSpecification {
  const { colour, size, layout, paint, ...rest } = more
  return {
    id, type: 'symbol', source, ...rest,
    layout: { 'text-field': ['get', 'name'], 'text-font': FONT, 'text-size': scaled(size, skin.scale), ...layout },
    paint: { 'text-color': colour ?? skin.text, 'text-halo-color': skin.halo, 'text-halo-width': 1.6, ...paint },
  }
}

/** The ground: areas, sites, compounds, streets, permitted zones, points and their rings. */
export function groundLayers(skin: Skin): LayerSpecification[] {
  return [...areas(skin), ...places(skin), ...zones(skin), ...rings(skin), ...points(skin), ...loads(skin), ...labels(skin)]
}

function areas(skin: Skin): LayerSpecification[] {
  return [
    { id: 'outside', type: 'background', paint: { 'background-color': skin.outside } },
    { id: 'area-fill', type: 'fill', source: 'areas', paint: { 'fill-color': skin.ground } },
    {
      id: 'area-tint', type: 'fill', source: 'areas',
      paint: { 'fill-color': ['to-color', ['feature-state', 'tint'], skin.ground], 'fill-opacity': ['case', ['to-boolean', ['feature-state', 'tint']], 1, 0] },
    },
    {
      id: 'area-line', type: 'line', source: 'areas',
      paint: {
        'line-color': ['match', ['get', 'level'], 'community', skin.areaLine, skin.areaLineStrong],
        'line-width': ['match', ['get', 'level'], 'district', 2.4, 'subdistrict', 1.5, 0.8],
      },
    },
  ]
}

function places(skin: Skin): LayerSpecification[] {
  const round = { 'line-cap': 'round', 'line-join': 'round' } as const
  return [
    { id: 'park', type: 'fill', source: 'sites', filter: isKind('park'), paint: { 'fill-color': skin.park } },
    { id: 'building-site', type: 'fill', source: 'sites', filter: isKind('building_site'), paint: { 'fill-color': skin.compound, 'fill-outline-color': skin.areaLineStrong } },
    { id: 'compound', type: 'fill', source: 'places', filter: isKind('compound'), minzoom: 12, paint: { 'fill-color': skin.compound, 'fill-outline-color': skin.compoundEdge } },
    { id: 'street', type: 'line', source: 'places', filter: isKind('back_street'), minzoom: 12, layout: round, paint: { 'line-color': skin.street, 'line-width': byZoom(12, 0.7, 15, 2.2, 18, 7) } },
    { id: 'road-edge', type: 'line', source: 'sites', filter: isKind('main_road', 'shopping_street'), layout: round, paint: { 'line-color': skin.roadEdge, 'line-width': byZoom(11, 2.2, 14, 6, 18, 18) } },
    { id: 'road', type: 'line', source: 'sites', filter: isKind('main_road', 'shopping_street'), layout: round, paint: { 'line-color': skin.road, 'line-width': byZoom(11, 1.2, 14, 4, 18, 14) } },
  ]
}

function zones(skin: Skin): LayerSpecification[] {
  return [
    { id: 'zone-fill', type: 'fill', source: 'zones', paint: { 'fill-color': skin.zone, 'fill-opacity': ['case', ['==', ['get', 'open'], true], 0.3, 0.12] } },
    { id: 'zone-line', type: 'line', source: 'zones', paint: { 'line-color': skin.zone, 'line-width': 2, 'line-dasharray': [2, 1.2] } },
  ]
}

function rings(skin: Skin): LayerSpecification[] {
  const colour: ExpressionSpecification = ['match', ['get', 'band'], 'core', skin.rings.core, 'near', skin.rings.near, skin.rings.wide]
  return [
    { id: 'ring-fill', type: 'fill', source: 'rings', paint: { 'fill-color': colour, 'fill-opacity': skin.ringFill } },
    { id: 'ring-line', type: 'line', source: 'rings', paint: { 'line-color': colour, 'line-width': 2, 'line-dasharray': [3, 2] } },
  ]
}

function points(skin: Skin): LayerSpecification[] {
  const colour: ExpressionSpecification = ['case', ['get', 'strong'], skin.point, skin.pointSoft]
  return [
    { id: 'footprint-fill', type: 'fill', source: 'footprints', paint: { 'fill-color': colour, 'fill-opacity': 0.3 } },
    { id: 'footprint-line', type: 'line', source: 'footprints', paint: { 'line-color': colour, 'line-width': 1.3 } },
    {
      id: 'pin', type: 'circle', source: 'pins',
      paint: {
        'circle-radius': ['interpolate', ['linear'], ['zoom'], 11, ['case', ['get', 'strong'], 4, 2.2], 14, ['case', ['get', 'strong'], 6, 4.5], 17, 7],
        'circle-color': colour, 'circle-stroke-color': skin.halo, 'circle-stroke-width': 1.4,
      },
    },
  ]
}

/** Points by how much is open around them: the area of a circle grows with the number in it. */
function loads(skin: Skin): LayerSpecification[] {
  const radius: ExpressionSpecification = ['min', 26, ['+', 5, ['*', 2.6, ['sqrt', ['get', 'load']]]]]
  // With the whole district in view they would lie over one another and over the names.
  const grows: ExpressionSpecification = ['interpolate', ['linear'], ['zoom'], 11, ['*', 0.55, radius], 13.5, radius]
  return [
    { id: 'load', type: 'circle', source: 'loads', paint: { 'circle-radius': grows, 'circle-color': ['case', ['>', ['get', 'load'], 0], skin.load, skin.pointSoft], 'circle-opacity': 0.88, 'circle-stroke-color': skin.halo, 'circle-stroke-width': 1.4 } },
    names('load-count', 'loads', skin, { filter: ['>', ['get', 'load'], 0], size: 12.5, colour: skin.loadText, layout: { 'text-field': ['to-string', ['get', 'load']], 'symbol-sort-key': ['-', 0, ['get', 'load']] }, paint: { 'text-halo-width': 0 } }),
    names('load-name', 'loads', skin, { minzoom: 13, size: 12, layout: { 'text-anchor': 'top', 'text-offset': [0, 1.3], 'symbol-sort-key': ['-', 0, ['get', 'load']] } }),
  ]
}

function labels(skin: Skin): LayerSpecification[] {
  const under = { 'text-anchor': 'top', 'text-offset': [0, 0.55] } satisfies SymbolLayerSpecification['layout']
  const strong: ExpressionSpecification = ['==', ['get', 'strong'], true]
  return [
    names('street-name', 'places', skin, { filter: isKind('back_street'), minzoom: 14.6, size: 12, colour: skin.textSoft, layout: { 'symbol-placement': 'line', 'text-letter-spacing': 0.1 } }),
    names('road-name', 'sites', skin, { filter: isKind('main_road', 'shopping_street'), minzoom: 12.6, size: 12.5, colour: skin.textSoft, layout: { 'symbol-placement': 'line', 'symbol-spacing': 420, 'text-letter-spacing': 0.2 } }),
    names('compound-name', 'places', skin, { filter: isKind('compound'), minzoom: 15, size: 12, colour: skin.textSoft }),
    names('park-name', 'sites', skin, { filter: isKind('park', 'building_site'), minzoom: 14, size: 12, colour: skin.textSoft }),
    names('community-name', 'areaNames', skin, { filter: ['==', ['get', 'level'], 'community'], minzoom: 13, maxzoom: 15.5, size: 12.5, colour: skin.textSoft, layout: { 'text-letter-spacing': 0.1 } }),
    names('area-name', 'areaNames', skin, { filter: ['==', ['get', 'level'], 'subdistrict'], maxzoom: 14, size: [10, 13, 13, 17], layout: { 'text-field': ['coalesce', ['get', 'label'], ['get', 'name']], 'text-letter-spacing': 0.12, ...(skin.scale > 1 && { 'text-allow-overlap': true }) } }),
    names('zone-name', 'zones', skin, { minzoom: 13.5, size: 12.5, colour: skin.zone }),
    names('pin-name', 'pins', skin, { filter: ['!', strong], minzoom: 13.4, size: 12, layout: under }),
    names('pin-name-strong', 'pins', skin, { filter: strong, size: 13.5, colour: skin.point, layout: { ...under, 'symbol-sort-key': 0 } }),
  ]
}
