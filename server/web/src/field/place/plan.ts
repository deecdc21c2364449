import type { FeatureCollection, Geometry, Position as LonLat } from 'geojson'
import type { Point, Position } from '../../api/types'
import { lonLat, metresFrom } from '../../maps/geometry'

/** What a plan is drawn from; all of it is in the field pack. */
export interface PlanSources { places: FeatureCollection; sites: FeatureCollection; permitted_zones: FeatureCollection; points: readonly Point[] }

export type PlanKind = 'street' | 'compound' | 'site' | 'zone' | 'point'

/** One outline in metres from the plan's middle, north up: y grows southwards, as on a screen. */
export interface PlanShape { kind: PlanKind; name: string; closed: boolean; path: string; lines: Metric[][] }

export type Metric = [x: number, y: number]

/** North up, as a screen counts: downwards. */
function southwards([east, north]: [number, number]): Metric {
  return [east, -north]
}

/** Where a place lies on the plan around another. */
export function onPlan(around: Position, place: Position): { x: number; y: number } {
  const [x, y] = southwards(metresFrom(around, lonLat(place)))
  return { x, y }
}

function linesOf(geometry: Geometry): { lines: LonLat[][]; closed: boolean } {
  switch (geometry.type) {
    case 'LineString': return { lines: [geometry.coordinates], closed: false }
    case 'MultiLineString': return { lines: geometry.coordinates, closed: false }
    case 'Polygon': return { lines: geometry.coordinates, closed: true }
    case 'MultiPolygon': return { lines: geometry.coordinates.flat(), closed: true }
    case 'Point': return { lines: [[geometry.coordinates]], closed: false }
    default: return { lines: [], closed: false }
  }
}

function pathOf(lines: Metric[][], closed: boolean): string {
  const ring = (line: Metric[]): string => line.map(([x, y], at) => `${at === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('') + (closed ? 'Z' : '')
  return lines.map(ring).join('')
}

/** What is shown of a plan: so far to each side of a middle. */
export interface Sight { x: number; y: number; half: number }

/** Along a line, so many places are tried for its name. */
const TRIED = 24

function insideOf([x, y]: Metric, sight: Sight): boolean {
  return Math.abs(x - sight.x) <= sight.half && Math.abs(y - sight.y) <= sight.half
}

/** Where the name of a line is written: a quarter along what is in sight of it, beside the pin. */
function onLine(lines: Metric[][], sight: Sight): Metric | null {
  const seen = lines.flatMap((line) => line.slice(1).flatMap(([toX, toY], at): Metric[] => {
    const [x, y] = line[at] as Metric
    return Array.from({ length: TRIED }, (_, step): Metric => [x + ((toX - x) * step) / TRIED, y + ((toY - y) * step) / TRIED]).filter((place) => insideOf(place, sight))
  }))
  return seen[Math.floor(seen.length / 4)] ?? null
}

/** Where the name of an outline is written: the middle of what is in sight of its box. */
function inOutline(lines: Metric[][], sight: Sight): Metric | null {
  const middle = (at: 0 | 1, centre: number): number | null => {
    const values = lines.flat().map((one) => one[at])
    const [from, to] = [Math.max(Math.min(...values), centre - sight.half), Math.min(Math.max(...values), centre + sight.half)]
    return from < to ? (from + to) / 2 : null
  }
  const [x, y] = [middle(0, sight.x), middle(1, sight.y)]
  return x === null || y === null ? null : [x, y]
}

/** Where a shape's name is written, if any of it is in sight. */
export function labelOf({ lines, closed }: PlanShape, sight: Sight): Metric | null {
  if (closed) return inOutline(lines, sight)
  const only = lines.flat()
  return only.length === 1 ? only.find((place) => insideOf(place, sight)) ?? null : onLine(lines, sight)
}

function shapeOf(kind: PlanKind, name: string, geometry: Geometry, around: Position, reach: number): PlanShape[] {
  const { lines, closed } = linesOf(geometry)
  const metric = lines.map((line) => line.map((corner) => southwards(metresFrom(around, corner))))
  const all = metric.flat()
  const apart = (at: 0 | 1): boolean => all.every((one) => one[at] > reach) || all.every((one) => one[at] < -reach)
  if (all.length === 0 || apart(0) || apart(1)) return []
  return [{ kind, name, closed, path: pathOf(metric, closed), lines: metric }]
}

function named(properties: Record<string, unknown> | null): string {
  const name = properties?.['name']
  return typeof name === 'string' ? name : ''
}

/** What lies within `reach` metres of a place, the largest kinds first: later ones are drawn over them. */
export function planShapes(sources: PlanSources, around: Position, reach: number): PlanShape[] {
  const of = (kind: PlanKind, { features }: FeatureCollection): PlanShape[] =>
    features.flatMap(({ geometry, properties }) => shapeOf(kind, named(properties), geometry, around, reach))
  const places = sources.places.features.flatMap(({ geometry, properties }) =>
    shapeOf(properties?.['kind'] === 'back_street' ? 'street' : 'compound', named(properties), geometry, around, reach))
  return [
    ...places.filter(({ kind }) => kind === 'compound'),
    ...of('site', sources.sites), ...of('zone', sources.permitted_zones),
    ...sources.points.flatMap(({ name, geometry }) => shapeOf('point', name, geometry, around, reach)),
    ...places.filter(({ kind }) => kind === 'street'),
  ]
}

/** A scale bar: a round number of metres that is at most a third of the width shown. */
export function scaleBar(width: number): number {
  const least = width / 8
  return [10, 20, 50, 100, 200, 500, 1000].find((metres) => metres >= least) ?? 1000
}
