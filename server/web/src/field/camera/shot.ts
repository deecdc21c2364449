import type { StatedPosition } from '../../api/types'
import type { Moment } from '../outbox'

/** What a shutter gives: the picture, when, and where the device was. */
export interface Shot { blob: Blob; captured: Moment; position: StatedPosition | null }
