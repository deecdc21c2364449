import { newId } from '../../api/newId'
import type { Moment } from './shapes'

/** The life of this page: a clock that nobody sets begins anew with each. */
export const LIFE = newId()

/** This moment, by both clocks. Take it at the shutter. */
export function momentNow(): Moment {
  return { at: new Date().toISOString(), tick: Math.round(performance.now()), life: LIFE }
}
