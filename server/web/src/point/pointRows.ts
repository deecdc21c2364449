import type { Point } from '../api/types'
import { areasOfLevel, textOf, type District } from '../maps/district'
import { anchorOf, holds, spotOf } from '../maps/geometry'
import { sumOf, type OpenByBand } from '../maps/openByPoint'
import { findInitials, initialsOf } from '../maps/pinyin'

/** A line of the list of points. */
export interface PointRow {
  point: Point
  /** Its subdistrict and community, as far as they are known. */
  area: string
  initials: string[]
}

/** What the list is asked for. */
export interface PointFilters {
  text: string
  kind: string
  sort: 'open' | 'code'
}

function areaOf(district: District, point: Point): string {
  const anchor = anchorOf(point.geometry)
  if (!anchor) return ''
  const found = ['subdistrict', 'community'].map((level) => areasOfLevel(district.areas, level).find((area) => holds(area.geometry, spotOf(anchor))))
  return found.flatMap((area) => (area ? [textOf(area, 'name')] : [])).join(' ')
}

/** Every point of a district, ready to be listed. */
export function pointRows(district: District): PointRow[] {
  return district.points.map((point) => ({ point, area: areaOf(district, point), initials: initialsOf(point.name) }))
}

function answers({ point, area, initials }: PointRow, { text, kind }: PointFilters): boolean {
  if (kind !== '' && point.kind !== kind) return false
  const asked = text.trim().toLowerCase()
  if (asked === '') return true
  return point.name.includes(asked) || point.code.toLowerCase().startsWith(asked) || area.includes(asked) || (/^[a-z0-9]+$/.test(asked) && findInitials(initials, asked) >= 0)
}

/** The lines that answer to the filters, in the order asked for. */
export function chosenRows(rows: PointRow[], filters: PointFilters, open: Map<string, OpenByBand>): PointRow[] {
  const count = ({ point }: PointRow): number => {
    const counts = open.get(point.code)
    return counts ? sumOf(counts) : 0
  }
  const byCode = (a: PointRow, b: PointRow) => a.point.code.localeCompare(b.point.code)
  return rows.filter((row) => answers(row, filters)).sort((a, b) => (filters.sort === 'open' ? count(b) - count(a) : 0) || byCode(a, b))
}
