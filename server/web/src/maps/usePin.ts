import { Marker, type Map as MapLibreMap } from 'maplibre-gl'
import { onBeforeUnmount, watch, type ShallowRef } from 'vue'
import { lonLat, moved, spotOf, type Spot } from './geometry'

const SVG = 'http://www.w3.org/2000/svg'

/** Steps of the arrow keys, metres: east and north. */
const STEPS: Record<string, [number, number]> = { ArrowUp: [0, 1], ArrowDown: [0, -1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }
const SMALL_M = 5
const LARGE_M = 50

function shape(name: string, attributes: Record<string, string>): SVGElement {
  const made = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  return made
}

/** The pin: its tip is the place; larger than a fingertip. */
function pinElement(label: string): HTMLElement {
  const button = document.createElement('div')
  button.className = 'map-pin'
  button.tabIndex = 0
  button.setAttribute('role', 'button')
  button.setAttribute('aria-label', label)
  button.dataset['testid'] = 'pin'
  const svg = shape('svg', { viewBox: '0 0 44 56', width: '44', height: '56', 'aria-hidden': 'true' })
  svg.append(
    shape('path', { d: 'M22 55C22 55 4 35 4 20a18 18 0 0 1 36 0c0 15-18 35-18 35z', fill: '#a3151d', stroke: '#fff', 'stroke-width': '2.5' }),
    shape('circle', { cx: '22', cy: '20', r: '7', fill: '#fff' }),
  )
  button.append(svg)
  return button
}

/** A pin on the map that can be dragged, and moved by arrow keys; it follows what is picked. */
export function usePin(map: ShallowRef<MapLibreMap | null>, at: () => Spot | null, onMoved: (spot: Spot) => void, label: () => string): void {
  let pin: Marker | null = null

  function onKey(event: KeyboardEvent): void {
    const step = STEPS[event.key]
    const from = at()
    if (!step || !from) return
    event.preventDefault()
    event.stopPropagation()
    const metres = event.shiftKey ? LARGE_M : SMALL_M
    onMoved(moved(from, step[0] * metres, step[1] * metres))
  }

  function make(on: MapLibreMap, spot: Spot): Marker {
    const element = pinElement(label())
    element.addEventListener('keydown', onKey)
    const made = new Marker({ element, draggable: true, anchor: 'bottom' }).setLngLat(lonLat(spot) as [number, number]).addTo(on)
    made.on('dragend', () => {
      const { lng, lat } = made.getLngLat()
      onMoved(spotOf([lng, lat]))
    })
    return made
  }

  watch([map, at], ([on, spot]) => {
    if (!on || !spot) {
      pin?.remove()
      pin = null
      return
    }
    pin ??= make(on, spot)
    pin.setLngLat(lonLat(spot) as [number, number])
    if (!on.getBounds().contains(lonLat(spot) as [number, number])) on.panTo(lonLat(spot) as [number, number], { duration: 200 })
  }, { immediate: true })

  onBeforeUnmount(() => { pin?.remove() })
}
