import { onBeforeUnmount, onMounted, ref, shallowRef } from 'vue'
import type { StatedPosition } from '../../api/types'

/** `looking`: none yet; `here`: one is held; `refused`: not allowed; `none`: the device cannot say. */
export type FixState = 'looking' | 'here' | 'refused' | 'none'

/** Older than this, milliseconds, and somebody who walks is elsewhere. */
const FRESH_MS = 15_000
/** After the shutter, so long is waited for a first position. */
const LATE_MS = 30_000

interface Fix { position: StatedPosition; tick: number }

function stated({ coords }: GeolocationPosition): StatedPosition {
  return { lat: coords.latitude, lon: coords.longitude, datum: 'wgs84', accuracy_m: Math.round(coords.accuracy) }
}

/** Where the device is while a screen is open. Nothing of it is kept but what a shutter took: no tracks. */
export function useFix() {
  const state = ref<FixState>('looking')
  const position = shallowRef<StatedPosition | null>(null)
  let fix: Fix | null = null
  let watching: number | null = null
  let waiting: ((found: StatedPosition | null) => void)[] = []

  function settle(found: StatedPosition | null): void {
    const told = waiting
    waiting = []
    told.forEach((tell) => { tell(found) })
  }

  function onFix(found: GeolocationPosition): void {
    fix = { position: stated(found), tick: performance.now() }
    position.value = fix.position
    state.value = 'here'
    settle(fix.position)
  }

  function onFailure({ code }: GeolocationPositionError): void {
    if (code === GeolocationPositionError.PERMISSION_DENIED) { state.value = 'refused'; settle(null) }
    // Behind a wall the last one still says more than nothing.
    else if (fix === null) state.value = code === GeolocationPositionError.TIMEOUT ? 'looking' : 'none'
  }

  function start(): void {
    if (!('geolocation' in navigator)) { state.value = 'none'; return }
    if (watching !== null) return
    state.value = 'looking'
    watching = navigator.geolocation.watchPosition(onFix, onFailure, { enableHighAccuracy: true, timeout: 20_000, maximumAge: 5_000 })
  }

  function stop(): void {
    if (watching !== null) navigator.geolocation.clearWatch(watching)
    watching = null
  }

  /** The position at this moment, if one is fresh. */
  function atShutter(): StatedPosition | null {
    return fix !== null && performance.now() - fix.tick <= FRESH_MS ? fix.position : null
  }

  /** The first one to come, for a shutter that was pressed before there was any; null if none does. */
  function soon(): Promise<StatedPosition | null> {
    if (state.value === 'refused' || state.value === 'none') return Promise.resolve(null)
    return new Promise((resolve) => {
      waiting.push(resolve)
      setTimeout(() => { resolve(null) }, LATE_MS)
    })
  }

  onMounted(start)
  onBeforeUnmount(() => { stop(); settle(null) })
  return { state, position, atShutter, soon, start }
}
