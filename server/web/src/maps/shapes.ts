import type { Feature, FeatureCollection, Position as LonLat } from 'geojson'
import type { Point } from '../api/types'
import { textOf, type District } from './district'
import { anchorOf, boxOf, collection, corners, lonLat, moved, pinAt, type Box, type Spot } from './geometry'
import { ringsOf, surroundingsOutline } from './surroundings'

/** Everything a map can show, by the source it is drawn from. */
export interface Shapes {
  areas: FeatureCollection
  areaNames: FeatureCollection
  places: FeatureCollection
  sites: FeatureCollection
  zones: FeatureCollection
  footprints: FeatureCollection
  pins: FeatureCollection
  rings: FeatureCollection
  /** Points as circles, the larger the more is open around them. */
  loads: FeatureCollection
  issues: FeatureCollection
  here: FeatureCollection
  picked: FeatureCollection
}

/** One place for each area's name: a polygon would be named again on every tile it reaches into. */
export function areaNames(areas: FeatureCollection): FeatureCollection {
  return collection(areas.features.flatMap((area) => {
    const middle = textOf(area, 'level') === 'district' ? null : anchorOf(area.geometry)
    return middle ? [pinAt(middle, area.properties ?? {})] : []
  }))
}

/** What a map draws of the points: footprints, and pins with names. `strong` ones stand out. */
export function pointShapes(points: Point[], strong: Set<string> = new Set()): Pick<Shapes, 'footprints' | 'pins'> {
  const footprints: Feature[] = []
  const pins: Feature[] = []
  for (const { code, name, kind, geometry } of points) {
    const properties = { code, name, kind, strong: strong.has(code) }
    if (geometry.type !== 'Point') footprints.push({ type: 'Feature', properties, geometry })
    const anchor = anchorOf(geometry)
    if (anchor) pins.push(pinAt(anchor, properties))
  }
  return { footprints: collection(footprints), pins: collection(pins) }
}

/** The ground of every map: areas, streets, compounds, sites, permitted zones and points. */
export function groundShapes(district: District, strong?: Set<string>): Partial<Shapes> {
  return {
    areas: district.areas,
    areaNames: areaNames(district.areas),
    places: district.places,
    sites: district.sites,
    zones: district.permitted_zones,
    ...pointShapes(district.points, strong),
  }
}

/** How much is open around a point. */
export interface PointLoad {
  code: string
  name: string
  at: LonLat | null
  load: number
}

/** Points by what is open around them, the fullest drawn last. */
export function loadShapes(points: PointLoad[]): FeatureCollection {
  const sorted = [...points].sort((a, b) => a.load - b.load)
  return collection(sorted.flatMap(({ at, ...properties }) => (at ? [pinAt(at, properties)] : [])))
}

/** The rings of some points. */
export function ringShapes(points: Point[]): FeatureCollection {
  return collection(points.flatMap(ringsOf))
}

/** The box that holds the whole district. */
export function districtBox(district: District): Box | null {
  const ground = district.areas.features.length > 0 ? district.areas.features : [...district.places.features, ...district.sites.features]
  return boxOf([...ground.flatMap((one) => corners(one.geometry)), ...district.points.flatMap((point) => (ground.length > 0 ? [] : corners(point.geometry)))])
}

/** The view of a place with the tightest surroundings it lies in; the whole district without a place. */
export function viewAround(district: District, spot: Spot | null, points: Point[]): Box | null {
  if (!spot) return districtBox(district)
  const tightest = [...points].sort((a, b) => a.radius_m - b.radius_m)[0]
  const outline = tightest && surroundingsOutline(tightest)
  return boxOf([lonLat(spot), ...(outline ? corners(outline) : aroundSpot(spot, 300))])
}

/** The corners of a square about a spot. */
function aroundSpot(spot: Spot, metres: number): LonLat[] {
  return [lonLat(moved(spot, -metres, -metres)), lonLat(moved(spot, metres, metres))]
}

/** The box of a square about a spot, `metres` to each side. */
export function boxAround(spot: Spot, metres: number): Box | null {
  return boxOf(aroundSpot(spot, metres))
}
