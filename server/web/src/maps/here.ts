import type { FeatureCollection } from 'geojson'
import { collection, lonLat, pinAt } from './geometry'
import type { DevicePosition } from './picked'
import { outlineAt } from './surroundings'

/** One's own position: a dot, in the circle that the device is sure of. */
export function hereShapes(device: DevicePosition | null): FeatureCollection {
  if (!device) return collection([])
  const dot = pinAt(lonLat(device))
  const circle = device.accuracy_m ? outlineAt(dot.geometry, device.accuracy_m) : null
  return collection([...(circle ? [{ type: 'Feature' as const, properties: {}, geometry: circle }] : []), dot])
}
