import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl'
import { URGENCIES, URGENCY_COLOURS, type Skin } from './skins'

const FONT = ['sans-serif']

/** The colour of a rank, which is a place in `URGENCIES`. */
const COLOUR = ['match', ['get', 'rank'], ...URGENCIES.flatMap((urgency, rank) => [rank, URGENCY_COLOURS[urgency]]), URGENCY_COLOURS.open] as unknown as ExpressionSpecification

/** What lies on the ground: issues, alone and in clusters, one's own position, and a picked one. */
export function issueLayers(skin: Skin): LayerSpecification[] {
  const own = here(skin)
  const isDot = ({ id }: LayerSpecification) => id === 'here-dot'
  // One's own dot is never hidden under what is reported there.
  return [...own.filter((layer) => !isDot(layer)), ...issues(), ...own.filter(isDot)]
}

function issues(): LayerSpecification[] {
  const alone: ExpressionSpecification = ['!', ['has', 'point_count']]
  const white = { 'circle-stroke-color': '#ffffff', 'circle-stroke-width': 2 }
  const sign = { 'text-font': FONT, 'text-allow-overlap': true, 'text-ignore-placement': true }
  return [
    { id: 'issue-chosen', type: 'circle', source: 'issues', filter: ['==', ['get', 'chosen'], true], paint: { 'circle-radius': 19, 'circle-color': COLOUR, 'circle-opacity': 0.18, 'circle-stroke-color': COLOUR, 'circle-stroke-width': 2 } },
    { id: 'issue', type: 'circle', source: 'issues', filter: alone, paint: { 'circle-radius': 9, 'circle-color': COLOUR, ...white } },
    { id: 'issue-sign', type: 'symbol', source: 'issues', filter: ['all', alone, ['>=', ['get', 'rank'], 2]], layout: { ...sign, 'text-field': '!', 'text-size': 14 }, paint: { 'text-color': '#ffffff' } },
    { id: 'cluster', type: 'circle', source: 'issues', filter: ['has', 'point_count'], paint: { 'circle-radius': ['step', ['get', 'point_count'], 15, 10, 19, 50, 24], 'circle-color': COLOUR, ...white } },
    { id: 'cluster-count', type: 'symbol', source: 'issues', filter: ['has', 'point_count'], layout: { ...sign, 'text-field': ['to-string', ['get', 'point_count']], 'text-size': 14 }, paint: { 'text-color': '#ffffff' } },
  ]
}

function here(skin: Skin): LayerSpecification[] {
  const position = (source: 'here' | 'picked', colour: string): LayerSpecification[] => [
    { id: `${source}-accuracy`, type: 'fill', source, filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'fill-color': colour, 'fill-opacity': 0.12, 'fill-outline-color': colour } },
    { id: `${source}-line`, type: 'line', source, filter: ['==', ['geometry-type'], 'LineString'], paint: { 'line-color': colour, 'line-width': 2.5, 'line-dasharray': [2, 1.6] } },
    { id: `${source}-dot`, type: 'circle', source, filter: ['==', ['geometry-type'], 'Point'], paint: { 'circle-radius': 7, 'circle-color': colour, 'circle-stroke-color': '#ffffff', 'circle-stroke-width': 2.5 } },
  ]
  return [...position('here', skin.here), ...position('picked', URGENCY_COLOURS.late)]
}
