import type { Feature, FeatureCollection, Geometry, Position as LonLat } from 'geojson'

/*
 * Plane geometry for pictures and for offers on the phone. What counts is measured by the server
 * on the ellipsoid; within a point's surroundings the difference is below half a metre.
 */

/** Metres in one degree eastward and northward at a latitude, on the WGS-84 ellipsoid. */
export function metresPerDegree(lat: number): { east: number; north: number } {
  const turn = (lat * Math.PI) / 180
  return {
    east: 111_412.84 * Math.cos(turn) - 93.5 * Math.cos(3 * turn) + 0.118 * Math.cos(5 * turn),
    north: 111_132.92 - 559.82 * Math.cos(2 * turn) + 1.175 * Math.cos(4 * turn),
  }
}

/** A place in WGS-84 degrees. */
export interface Spot {
  lat: number
  lon: number
}

/** West, south, east, north. */
export type Box = [number, number, number, number]

export const lonLat = ({ lon, lat }: Spot): LonLat => [lon, lat]
export const spotOf = ([lon = 0, lat = 0]: LonLat): Spot => ({ lat, lon })

/** The positions in GeoJSON coordinates of any depth. */
export function positionsIn(nested: unknown): LonLat[] {
  if (!Array.isArray(nested)) return []
  return typeof nested[0] === 'number' ? [nested as LonLat] : nested.flatMap(positionsIn)
}

/** Every corner of a geometry. */
export function corners(geometry: Geometry): LonLat[] {
  return geometry.type === 'GeometryCollection' ? geometry.geometries.flatMap(corners) : positionsIn(geometry.coordinates)
}

/** The box around some positions; null for none. */
export function boxOf(from: LonLat[]): Box | null {
  if (from.length === 0) return null
  const lons = from.map((place) => place[0] ?? 0)
  const lats = from.map((place) => place[1] ?? 0)
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)]
}

/** The box around features; null for none. */
export function boxOfAll(features: Feature[]): Box | null {
  return boxOf(features.flatMap((feature) => corners(feature.geometry)))
}

/** The middle of the box around some positions. */
export function middleOf(from: LonLat[]): LonLat | null {
  const box = boxOf(from)
  return box && [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2]
}

/** A place to put a geometry's name, or a pin: half way along a line, well inside a polygon. */
export function anchorOf(geometry: Geometry): LonLat | null {
  if (geometry.type === 'LineString') return halfWay(geometry.coordinates)
  const middle = middleOf(corners(geometry))
  const isArea = geometry.type === 'Polygon' || geometry.type === 'MultiPolygon'
  return middle && isArea && !holds(geometry, spotOf(middle)) ? deepest(geometry) ?? middle : middle
}

/** Of places spread evenly over a polygon's box, the one farthest from its edge: a town may lie round another. */
function deepest(geometry: Geometry): LonLat | null {
  const box = boxOf(corners(geometry))
  if (!box) return null
  const [west, south, east, north] = box
  const steps = Array.from({ length: 15 }, (_, step) => (step + 0.5) / 15)
  const inside = steps
    .flatMap((x) => steps.map((y): LonLat => [west + (east - west) * x, south + (north - south) * y]))
    .filter((at) => holds(geometry, spotOf(at)))
  return inside
    .map((at) => ({ at, depth: toEdgeM(geometry, spotOf(at)) }))
    .reduce<{ at: LonLat; depth: number } | null>((best, one) => (best && best.depth >= one.depth ? best : one), null)?.at ?? null
}

function halfWay(line: LonLat[]): LonLat | null {
  let left = lengthOf(line) / 2
  for (let at = 1; at < line.length; at += 1) {
    const [from, to] = [line[at - 1] as LonLat, line[at] as LonLat]
    const part = distanceM(spotOf(from), spotOf(to))
    if (part >= left && part > 0) return between(from, to, left / part)
    left -= part
  }
  return line[0] ?? null
}

function between([x1 = 0, y1 = 0]: LonLat, [x2 = 0, y2 = 0]: LonLat, share: number): LonLat {
  return [x1 + (x2 - x1) * share, y1 + (y2 - y1) * share]
}

function lengthOf(line: LonLat[]): number {
  return line.slice(1).reduce((sum, to, at) => sum + distanceM(spotOf(line[at] as LonLat), spotOf(to)), 0)
}

/** How far east and north of `from` a place lies, in metres. */
export function metresFrom(from: Spot, [lon = 0, lat = 0]: LonLat): [number, number] {
  const { east, north } = metresPerDegree((from.lat + lat) / 2)
  return [(lon - from.lon) * east, (lat - from.lat) * north]
}

/** How far it is from one place to another, metres. */
export function distanceM(from: Spot, to: Spot): number {
  return Math.hypot(...metresFrom(from, lonLat(to)))
}

/** The place so many metres east and north of another. */
export function moved({ lat, lon }: Spot, eastM: number, northM: number): Spot {
  const { north } = metresPerDegree(lat)
  const { east } = metresPerDegree(lat + northM / north / 2)
  return { lat: lat + northM / north, lon: lon + eastM / east }
}

/** From the origin to the segment between two places given in metres. */
function toSegment([x1, y1]: [number, number], [x2, y2]: [number, number]): number {
  const [dx, dy] = [x2 - x1, y2 - y1]
  const square = dx * dx + dy * dy
  const share = square === 0 ? 0 : Math.min(1, Math.max(0, -(x1 * dx + y1 * dy) / square))
  return Math.hypot(x1 + share * dx, y1 + share * dy)
}

/** Lines and rings of a geometry: what it is drawn with. */
function strokesOf(geometry: Geometry): LonLat[][] {
  switch (geometry.type) {
    case 'Point': return [[geometry.coordinates]]
    case 'MultiPoint': return geometry.coordinates.map((one) => [one])
    case 'LineString': return [geometry.coordinates]
    case 'MultiLineString':
    case 'Polygon': return geometry.coordinates
    case 'MultiPolygon': return geometry.coordinates.flat()
    case 'GeometryCollection': return geometry.geometries.flatMap(strokesOf)
  }
}

function inRing({ lon, lat }: Spot, ring: LonLat[]): boolean {
  let inside = false
  ring.forEach(([x1 = 0, y1 = 0], at) => {
    const [x2 = 0, y2 = 0] = ring.at(at - 1) ?? []
    if ((y1 > lat) !== (y2 > lat) && lon < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1) inside = !inside
  })
  return inside
}

/** Whether a place lies in a polygon, holes left out. Lines and points hold nothing. */
export function holds(geometry: Geometry, spot: Spot): boolean {
  switch (geometry.type) {
    case 'Polygon': return geometry.coordinates.filter((ring) => inRing(spot, ring)).length % 2 === 1
    case 'MultiPolygon': return geometry.coordinates.some((coordinates) => holds({ type: 'Polygon', coordinates }, spot))
    case 'GeometryCollection': return geometry.geometries.some((part) => holds(part, spot))
    default: return false
  }
}

/** How far a place is from a geometry, metres; 0 inside it. */
export function distanceToM(geometry: Geometry, spot: Spot): number {
  return holds(geometry, spot) ? 0 : toEdgeM(geometry, spot)
}

/** How far a place is from the nearest edge or corner, from inside or outside, metres. */
function toEdgeM(geometry: Geometry, spot: Spot): number {
  let nearest = Infinity
  for (const stroke of strokesOf(geometry)) {
    const flat = stroke.map((corner) => metresFrom(spot, corner))
    flat.forEach((corner, at) => { nearest = Math.min(nearest, toSegment(flat[at - 1] ?? corner, corner)) })
  }
  return nearest
}

/**
 * How far two geometries are from each other, metres; 0 where they meet. By the corners of each
 * against the edges of the other, which is exact unless they cross without holding a corner.
 */
export function apartM(one: Geometry, other: Geometry): number {
  const reach = (from: Geometry, to: Geometry) => Math.min(...corners(from).map((corner) => distanceToM(to, spotOf(corner))))
  return Math.min(reach(one, other), reach(other, one))
}

export function collection(features: Feature[]): FeatureCollection {
  return { type: 'FeatureCollection', features }
}

/** A feature of one position. */
export function pinAt(at: LonLat, properties: Record<string, unknown> = {}): Feature {
  return { type: 'Feature', properties, geometry: { type: 'Point', coordinates: at } }
}

/** A straight line from one place to another. */
export function lineBetween(from: LonLat, to: LonLat): Feature {
  return { type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: [from, to] } }
}
