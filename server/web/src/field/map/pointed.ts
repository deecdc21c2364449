import type { LocationQuery, LocationQueryRaw } from 'vue-router'
import type { StatedPosition } from '../../api/types'
import type { Spot } from '../../maps/geometry'

/** A place that was pointed at on the map, in the address of the screen that reports it. */
export function queryOfSpot({ lat, lon }: Spot): LocationQueryRaw {
  return { lat: lat.toFixed(6), lon: lon.toFixed(6) }
}

/** The place in an address; null where there is none, or none on earth. */
export function pointedAt(query: LocationQuery): StatedPosition | null {
  const number = (name: 'lat' | 'lon') => (typeof query[name] === 'string' && query[name] !== '' ? Number(query[name]) : NaN)
  const [lat, lon] = [number('lat'), number('lon')]
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { lat, lon, datum: 'wgs84' } : null
}
