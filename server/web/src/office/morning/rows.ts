import type { Morning } from '../../api/types'
import type { FigureRow } from './FigureTable.vue'

/** The figures by lead bureau; what nobody answers for yet under the name that is given. */
export function byBureau(morning: Morning, nameOf: (code: string) => string, nobody: string): FigureRow[] {
  return morning.by_bureau.map((row) => ({ key: row.bureau ?? '-', name: row.bureau ? nameOf(row.bureau) : nobody, of: { lead: row.bureau ?? '-' }, figures: row }))
}

/** The figures by point. */
export function byPoint(morning: Morning): FigureRow[] {
  return morning.by_point.map((row) => ({ key: row.point, name: row.name ?? row.point, of: { point: row.point }, figures: row }))
}
