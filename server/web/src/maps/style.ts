import type { ExpressionSpecification, LayerSpecification, SourceSpecification, StyleSpecification } from 'maplibre-gl'
import { groundLayers } from './groundLayers'
import { collection } from './geometry'
import { issueLayers } from './issueLayers'
import type { Shapes } from './shapes'
import type { Skin } from './skins'

/** Fonts of the reader's own device: no glyphs are fetched from anywhere. */
export const LOCAL_FONTS = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif'

/** The names of the sources, in `Shapes`' words. */
export const SOURCES: (keyof Shapes)[] = ['areas', 'areaNames', 'places', 'sites', 'zones', 'footprints', 'pins', 'rings', 'loads', 'issues', 'here', 'picked']

/** Below this zoom, issues that lie closer than this many pixels are shown as one number. */
const CLUSTER = { cluster: true, clusterRadius: 42, clusterMaxZoom: 15 }

function sourceOf(name: keyof Shapes): SourceSpecification {
  const empty = { type: 'geojson' as const, data: collection([]) }
  if (name === 'areas') return { ...empty, promoteId: 'code' }
  // A circle of some metres would lose its roundness to the simplifying of shapes.
  if (name === 'here') return { ...empty, tolerance: 0 }
  if (name !== 'issues') return empty
  const worst: ExpressionSpecification = ['get', 'rank']
  return { ...empty, ...CLUSTER, clusterProperties: { rank: ['max', worst] } }
}

/**
 * The whole style, built here: no tiles, sprites or glyphs, so that the map works on a closed
 * network and under a policy that lets the page talk to its own server alone.
 */
export function mapStyle(skin: Skin): StyleSpecification {
  return {
    version: 8,
    // From day to night at once: a wall that fades is a wall that computes.
    transition: { duration: 0, delay: 0 },
    sources: Object.fromEntries(SOURCES.map((name) => [name, sourceOf(name)])),
    layers: layersOf(skin),
  }
}

export function layersOf(skin: Skin): LayerSpecification[] {
  return [...groundLayers(skin), ...issueLayers(skin)]
}
