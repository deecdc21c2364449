import type { Feature, FeatureCollection, Geometry, Polygon, Position as LonLat } from 'geojson'
import type { IssuePoint, Point, Position } from '../api/types'

/** Metres in one degree of latitude; the map is a picture, the server measures on the ellipsoid. */
const METRES_PER_DEGREE = 111_320
const STEPS = 48

/** The positions in GeoJSON coordinates of any depth. */
function positionsIn(nested: unknown): LonLat[] {
  if (!Array.isArray(nested)) return []
  return typeof nested[0] === 'number' ? [nested as LonLat] : nested.flatMap(positionsIn)
}

function corners(geometry: Geometry): LonLat[] {
  return geometry.type === 'GeometryCollection' ? geometry.geometries.flatMap(corners) : positionsIn(geometry.coordinates)
}

/** Where a point is drawn from: the corners of its footprint, or its one location. */
function anchors(point: Point): LonLat[] {
  return corners(point.geometry)
}

/** Convex hull, counter-clockwise (Andrew's monotone chain, 1979). */
function hull(all: LonLat[]): LonLat[] {
  const sorted = [...all].sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0) || (a[1] ?? 0) - (b[1] ?? 0))
  const turn = (o: LonLat, a: LonLat, b: LonLat): number =>
    ((a[0] ?? 0) - (o[0] ?? 0)) * ((b[1] ?? 0) - (o[1] ?? 0)) - ((a[1] ?? 0) - (o[1] ?? 0)) * ((b[0] ?? 0) - (o[0] ?? 0))
  const half = (ordered: LonLat[]): LonLat[] => {
    const chain: LonLat[] = []
    for (const next of ordered) {
      while (chain.length > 1 && turn(chain.at(-2) as LonLat, chain.at(-1) as LonLat, next) <= 0) chain.pop()
      chain.push(next)
    }
    return chain.slice(0, -1)
  }
  return [...half(sorted), ...half(sorted.reverse())]
}

/**
 * The outline of a point's surroundings: everything within `radius_m` of the footprint's edge,
 * not of its middle. A circle where the point is only a location; around a footprint, the hull of
 * circles about its corners, exact for a convex footprint.
 */
export function surroundingsOutline(point: Point): Polygon | null {
  const from = anchors(point)
  if (from.length === 0) return null
  const around = from.flatMap(([lon = 0, lat = 0]) => Array.from({ length: STEPS }, (_, step): LonLat => {
    const angle = (2 * Math.PI * step) / STEPS
    const east = (point.radius_m * Math.cos(angle)) / (METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180))
    return [lon + east, lat + (point.radius_m * Math.sin(angle)) / METRES_PER_DEGREE]
  }))
  const ring = hull(around)
  return { type: 'Polygon', coordinates: [[...ring, ring[0] as LonLat]] }
}

function collection(features: Feature[]): FeatureCollection {
  return { type: 'FeatureCollection', features }
}

/** So many surroundings are outlined, and looked at first: more lie over each other and say nothing. */
const OUTLINED = 3

/** The nearest of the points an issue lies around, by code. */
function nearestOf(near: IssuePoint[]): Set<string> {
  const sorted = [...near].sort((a, b) => a.distance_m - b.distance_m)
  return new Set(sorted.slice(0, OUTLINED).map((point) => point.code))
}

/** What the map draws of the points: footprints, places of their names, outlines round the nearest. */
export function pointShapes(points: Point[], near: IssuePoint[]) {
  const nearby = new Set(near.map((point) => point.code))
  const nearest = nearestOf(near)
  const footprints: Feature[] = []
  const places: Feature[] = []
  const outlines: Feature[] = []
  for (const point of points) {
    const properties = { code: point.code, name: point.name, near: nearby.has(point.code) }
    const { geometry } = point
    if (geometry.type !== 'Point') footprints.push({ type: 'Feature', properties, geometry })
    const middle = middleOf(anchors(point))
    if (middle) places.push({ type: 'Feature', properties, geometry: { type: 'Point', coordinates: middle } })
    const outline = nearest.has(point.code) ? surroundingsOutline(point) : null
    if (outline) outlines.push({ type: 'Feature', properties, geometry: outline })
  }
  return { footprints: collection(footprints), places: collection(places), outlines: collection(outlines) }
}

/** One place for each subdistrict's name: a polygon would be named again on every tile it reaches into. */
export function areaNames(areas: FeatureCollection): FeatureCollection {
  return collection(areas.features.flatMap((area): Feature[] => {
    const middle = area.properties?.['level'] === 'subdistrict' ? middleOf(corners(area.geometry)) : null
    return middle ? [{ type: 'Feature', properties: area.properties, geometry: { type: 'Point', coordinates: middle } }] : []
  }))
}

function middleOf(from: LonLat[]): LonLat | null {
  const box = boxOf(from)
  return box && [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2]
}

/** West, south, east, north of some positions; null for none. */
export function boxOf(from: LonLat[]): [number, number, number, number] | null {
  if (from.length === 0) return null
  const lons = from.map((place) => place[0] ?? 0)
  const lats = from.map((place) => place[1] ?? 0)
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)]
}

/**
 * What the first view shows: the issue with the nearest points it lies around and the tightest of
 * their surroundings; the whole district for an issue without a position.
 */
export function viewOf(position: Position | null, points: Point[], near: IssuePoint[], areas: FeatureCollection): [number, number, number, number] | null {
  const nearest = nearestOf(near)
  const known = points.filter((point) => nearest.has(point.code)).sort((a, b) => a.radius_m - b.radius_m)
  const shown = known.flatMap(anchors)
  if (known[0]) shown.push(...positionsIn(surroundingsOutline(known[0])?.coordinates))
  if (position) shown.push([position.lon, position.lat])
  return boxOf(shown) ?? boxOf(areas.features.flatMap((area) => corners(area.geometry)))
}
