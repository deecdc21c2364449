import { describe, expect, it } from 'vitest'
import { arrowHead, isMeant, spotIn } from './marks'
import { fitted } from './picture'

describe('marks on a picture', () => {
  it('hold at any size of the picture', () => {
    expect(spotIn({ left: 10, top: 20, width: 200, height: 100 }, 110, 45)).toEqual({ x: 0.5, y: 0.25 })
  })

  it('stay inside the picture when the finger leaves it', () => {
    expect(spotIn({ left: 0, top: 0, width: 100, height: 100 }, -20, 180)).toEqual({ x: 0, y: 1 })
  })

  it('are not made by a touch', () => {
    expect(isMeant({ shape: 'arrow', from: { x: 0.5, y: 0.5 }, to: { x: 0.505, y: 0.5 } })).toBe(false)
    expect(isMeant({ shape: 'circle', from: { x: 0.5, y: 0.5 }, to: { x: 0.6, y: 0.6 } })).toBe(true)
  })

  it('point where the finger ended', () => {
    const [tip, left, right] = arrowHead([0, 0], [100, 0], 20)
    expect(tip).toEqual([100, 0])
    expect(left[0]).toBeCloseTo(82.68, 1)
    expect(left[1]).toBeCloseTo(-right[1], 6)
  })
})

describe('the size a picture is sent at', () => {
  it('keeps its shape', () => {
    expect(fitted(4032, 3024, 1920)).toEqual({ width: 1920, height: 1440 })
    expect(fitted(3024, 4032, 1280)).toEqual({ width: 960, height: 1280 })
  })

  it('never grows', () => {
    expect(fitted(640, 480, 1920)).toEqual({ width: 640, height: 480 })
  })
})
