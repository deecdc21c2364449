import type { Point } from '../api/types'
import { boxOf, corners, distanceToM, metresPerDegree, type Box, type Spot } from './geometry'
import { bandAt, type Band } from './surroundings'

/** How many open issues lie in each band of a point. */
export type OpenByBand = Record<Band, number>

export const sumOf = ({ core, near, wide }: OpenByBand): number => core + near + wide

/** The box that a point's surroundings cannot leave. */
function reachOf(point: Point): Box | null {
  const box = boxOf(corners(point.geometry))
  if (!box) return null
  const { east, north } = metresPerDegree(box[1])
  // A little more than the radius: degrees shrink to the north.
  const [dx, dy] = [(point.radius_m * 1.01) / east, (point.radius_m * 1.01) / north]
  return [box[0] - dx, box[1] - dy, box[2] + dx, box[3] + dy]
}

/** Counts issues by the points in whose surroundings they lie, and by band; an issue counts at each. */
export function openByPoint(points: Point[], issues: { position?: Spot | null }[]): Map<string, OpenByBand> {
  const spots = issues.flatMap(({ position }) => (position ? [position] : []))
  return new Map(points.map((point) => {
    const counts: OpenByBand = { core: 0, near: 0, wide: 0 }
    const reach = reachOf(point)
    for (const spot of reach ? spots : []) {
      if (!reach || spot.lon < reach[0] || spot.lat < reach[1] || spot.lon > reach[2] || spot.lat > reach[3]) continue
      const band = bandAt(distanceToM(point.geometry, spot), point.radius_m)
      if (band) counts[band] += 1
    }
    return [point.code, counts]
  }))
}
