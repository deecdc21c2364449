import type { StyleSpecification } from 'maplibre-gl'
import type { Feature, FeatureCollection } from 'geojson'
import type { pointShapes } from './shapes'

/** Everything the map draws, already in WGS-84 and GeoJSON. */
export interface MapShapes extends ReturnType<typeof pointShapes> {
  areas: FeatureCollection
  areaNames: FeatureCollection
  issue: Feature | null
}

/** Fonts of the reader's own device: no glyphs are fetched from anywhere. */
export const LOCAL_FONTS = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif'

const FONT = ['sans-serif']
const HALO = { 'text-halo-color': '#ffffff', 'text-halo-width': 1.6 }

/**
 * The whole style, built here: no tiles, sprites or glyphs, so that the map works on a closed
 * network and under a policy that lets the page talk to its own server alone.
 */
export function mapStyle(shapes: MapShapes): StyleSpecification {
  const issue: FeatureCollection = { type: 'FeatureCollection', features: shapes.issue ? [shapes.issue] : [] }
  const source = (data: FeatureCollection) => ({ type: 'geojson' as const, data })
  return {
    version: 8,
    sources: {
      areas: source(shapes.areas),
      'area-names': source(shapes.areaNames),
      footprints: source(shapes.footprints),
      outlines: source(shapes.outlines),
      places: source(shapes.places),
      issue: source(issue),
    },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': '#e4ebee' } },
      { id: 'area-fill', type: 'fill', source: 'areas', filter: ['!=', ['get', 'level'], 'community'], paint: { 'fill-color': '#fbfcfc' } },
      {
        id: 'area-line', type: 'line', source: 'areas',
        paint: {
          'line-color': ['match', ['get', 'level'], 'community', '#c3ced4', '#7e919c'],
          'line-width': ['match', ['get', 'level'], 'district', 2.4, 'subdistrict', 1.4, 0.8],
        },
      },
      { id: 'outline-fill', type: 'fill', source: 'outlines', paint: { 'fill-color': '#2b6f8c', 'fill-opacity': 0.05 } },
      { id: 'outline-line', type: 'line', source: 'outlines', paint: { 'line-color': '#2b6f8c', 'line-width': 1.5, 'line-dasharray': [3, 2] } },
      { id: 'footprint-fill', type: 'fill', source: 'footprints', paint: { 'fill-color': ['case', ['get', 'near'], '#5fb3c8', '#b7cbd3'], 'fill-opacity': 0.55 } },
      { id: 'footprint-line', type: 'line', source: 'footprints', paint: { 'line-color': ['case', ['get', 'near'], '#0b4f6c', '#7e919c'], 'line-width': 1.2 } },
      {
        id: 'place', type: 'circle', source: 'places',
        paint: { 'circle-radius': ['case', ['get', 'near'], 4.5, 3], 'circle-color': ['case', ['get', 'near'], '#0b4f6c', '#6c7f8a'], 'circle-stroke-color': '#ffffff', 'circle-stroke-width': 1.2 },
      },
      {
        id: 'area-name', type: 'symbol', source: 'area-names',
        layout: { 'text-field': ['get', 'name'], 'text-font': FONT, 'text-size': 13, 'text-letter-spacing': 0.12 },
        paint: { 'text-color': '#56656f', ...HALO },
      },
      {
        id: 'place-name', type: 'symbol', source: 'places',
        layout: {
          'text-field': ['get', 'name'], 'text-font': FONT, 'text-size': ['case', ['get', 'near'], 13, 11.5], 'text-anchor': 'top', 'text-offset': [0, 0.55],
          'symbol-sort-key': ['case', ['get', 'near'], 0, 1],
        },
        paint: { 'text-color': ['case', ['get', 'near'], '#083b51', '#3d4c56'], ...HALO },
      },
      { id: 'issue-ring', type: 'circle', source: 'issue', paint: { 'circle-radius': 15, 'circle-color': '#98141b', 'circle-opacity': 0.14, 'circle-stroke-color': '#98141b', 'circle-stroke-width': 2 } },
      { id: 'issue-dot', type: 'circle', source: 'issue', paint: { 'circle-radius': 6, 'circle-color': '#98141b', 'circle-stroke-color': '#ffffff', 'circle-stroke-width': 2 } },
    ],
  }
}
