import { describe, expect, it } from 'vitest'
import type { StatedPosition } from '../../api/types'
import type { ReportFields } from '../outbox'
import { backToDevice, locate, pointAt } from './placing'

type Placed = Pick<ReportFields, 'position' | 'device_position'>
const DEVICE: StatedPosition = { lat: 35.01, lon: 110.99, datum: 'wgs84', accuracy_m: 9 }
const PIN: StatedPosition = { lat: 35.0102, lon: 110.9903, datum: 'wgs84' }

describe('the two places of a report', () => {
  it('are one as long as nobody points', () => {
    const placed: Placed = {}
    expect(locate(placed, DEVICE)).toBe(true)
    expect(placed).toEqual({ position: DEVICE })
    expect(locate(placed, PIN)).toBe(false)
    expect(placed).toEqual({ position: DEVICE })
  })

  it('are both kept once a person points, the device’s with its accuracy', () => {
    const placed: Placed = { position: DEVICE }
    pointAt(placed, PIN)
    expect(placed).toEqual({ position: PIN, device_position: DEVICE })
    pointAt(placed, { ...PIN, lat: 35.02 })
    expect(placed.device_position).toEqual(DEVICE)
  })

  it('take the device’s word when it comes after a person has pointed, once', () => {
    const placed: Placed = {}
    pointAt(placed, PIN)
    expect(placed).toEqual({ position: PIN, device_position: null })
    expect(locate(placed, DEVICE)).toBe(true)
    expect(locate(placed, { ...DEVICE, lat: 35.5 })).toBe(false)
    expect(placed).toEqual({ position: PIN, device_position: DEVICE })
  })

  it('are one again when the person takes it back', () => {
    const placed: Placed = { position: DEVICE }
    pointAt(placed, PIN)
    backToDevice(placed)
    expect(placed).toEqual({ position: DEVICE })
  })
})
