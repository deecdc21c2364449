import { onBeforeUnmount, ref, shallowRef } from 'vue'
import type { DevicePosition } from './picked'

/** How far finding one's own position has come. */
export type PositionState = 'off' | 'locating' | 'found' | 'denied' | 'unavailable'

const ASKING: PositionOptions = { enableHighAccuracy: true, maximumAge: 10_000, timeout: 30_000 }

/** One's own position while a map is looked at. It is shown, and neither kept nor sent. */
export function useOwnPosition() {
  const position = shallowRef<DevicePosition | null>(null)
  const state = ref<PositionState>('off')
  let watching: number | null = null

  function stop(): void {
    if (watching !== null) navigator.geolocation.clearWatch(watching)
    watching = null
  }

  function start(): void {
    if (watching !== null) return
    // Some web views have none, and a page without https is refused it.
    if (!('geolocation' in navigator)) {
      state.value = 'unavailable'
      return
    }
    if (state.value !== 'found') state.value = 'locating'
    watching = navigator.geolocation.watchPosition(
      ({ coords }) => {
        position.value = { lat: coords.latitude, lon: coords.longitude, accuracy_m: coords.accuracy }
        state.value = 'found'
      },
      ({ code, PERMISSION_DENIED }) => {
        if (code === PERMISSION_DENIED) {
          state.value = 'denied'
          stop()
        } else if (!position.value) state.value = 'unavailable'
      },
      ASKING,
    )
  }

  function followVisibility(): void {
    if (document.hidden) stop()
    else if (state.value !== 'off' && state.value !== 'denied') start()
  }
  document.addEventListener('visibilitychange', followVisibility)
  onBeforeUnmount(() => {
    stop()
    document.removeEventListener('visibilitychange', followVisibility)
  })

  return { position, state, start }
}
