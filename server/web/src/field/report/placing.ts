import type { StatedPosition } from '../../api/types'
import type { ReportFields } from '../outbox'

/*
 * The two places of a report: `position`, where the problem is, and, once a person pointed at that,
 * `device_position`, what the device itself said. Null: somebody pointed before the device knew.
 */
type Placed = Pick<ReportFields, 'position' | 'device_position'>

/** Somebody pointed at the place: the device's own word stays beside it. */
export function pointAt(fields: Placed, place: StatedPosition): void {
  if (fields.device_position === undefined) fields.device_position = fields.position ?? null
  fields.position = place
}

/** The device's own word stands again. */
export function backToDevice(fields: Placed): void {
  fields.position = fields.device_position ?? null
  delete fields.device_position
}

/** A position that came after the shutter; false when it is not needed. */
export function locate(fields: Placed, position: StatedPosition): boolean {
  if (fields.device_position === null) fields.device_position = position
  else if (!fields.position) fields.position = position
  else return false
  return true
}
