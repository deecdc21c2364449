import type { Feature } from 'geojson'
import { GeoJSONSource, type Map as MapLibreMap } from 'maplibre-gl'

/** The layers of a hit; MapLibre tells them beside the feature. */
export const layerOf = (hit: Feature): string => (hit as Feature & { layer: { id: string } }).layer.id

/** Numbers of the issues that a tap hit, each once. */
export function issuesIn(hits: Feature[]): number[] {
  return [...new Set(hits.filter((hit) => layerOf(hit) === 'issue').map((hit) => Number(hit.properties?.['id'])))]
}

/** The issues of a cluster when they lie so close that no zoom parts them. */
const TOO_CLOSE_ZOOM = 16

/**
 * Opens a tapped cluster by zooming to where it falls apart. Issues at one spot never do:
 * then their numbers are the answer, else none.
 */
export async function openCluster(map: MapLibreMap, hit: Feature): Promise<number[]> {
  const source = map.getSource('issues')
  if (!(source instanceof GeoJSONSource) || hit.geometry.type !== 'Point') return []
  const id = Number(hit.properties?.['cluster_id'])
  const zoom = await source.getClusterExpansionZoom(id)
  if (zoom > TOO_CLOSE_ZOOM) {
    const leaves = await source.getClusterLeaves(id, 50, 0)
    return leaves.map((leaf) => Number(leaf.properties?.['id']))
  }
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches
  map.easeTo({ center: hit.geometry.coordinates as [number, number], zoom: zoom + 0.3, duration: still ? 0 : 350 })
  return []
}
