import { ref, shallowRef } from 'vue'

/*
 * A newer build of the pages. It is fetched beside the one in use and takes its place only when
 * somebody says so and nothing waits to be sent.
 */

const LOOK_EVERY_MS = 3600_000

/** A newer build is whole on this device and waits. */
export const isUpdateReady = ref(false)
const registration = shallowRef<ServiceWorkerRegistration | null>(null)

function watchFor(found: ServiceWorkerRegistration): void {
  const look = (): void => {
    // The first one of all replaces nothing.
    isUpdateReady.value = found.waiting !== null && navigator.serviceWorker.controller !== null
  }
  look()
  found.addEventListener('updatefound', () => {
    found.installing?.addEventListener('statechange', look)
  })
}

/** Without a service worker the files are fetched once, so that later screens open without a network. */
async function holdInBrowser(): Promise<void> {
  const { files } = (await (await fetch('/m/files.json')).json()) as { files: string[] }
  for (const file of files) if (file.startsWith('/assets/')) await (await fetch(file)).arrayBuffer()
}

/** Has this device hold the pages, so that they start without a network where the browser can do that. */
export async function holdPages(): Promise<void> {
  if (!import.meta.env.PROD) return
  if (!('serviceWorker' in navigator)) {
    await holdInBrowser().catch(() => undefined)
    return
  }
  // Some web views have the name and refuse the thing, or do nothing at all.
  const found = (await navigator.serviceWorker.register('/m/sw.js', { scope: '/m/', updateViaCache: 'none' }).catch(() => null)) as ServiceWorkerRegistration | null | undefined
  if (!found) {
    await holdInBrowser().catch(() => undefined)
    return
  }
  registration.value = found
  watchFor(found)
  setInterval(() => { found.update().catch(() => undefined) }, LOOK_EVERY_MS)
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') found.update().catch(() => undefined)
  })
}

const RELOADED_KEY = 'zhoubian.reloaded'

/** A page of an older build asks for a file that the server no longer has: start anew, once in a while. */
export function startAnewWhenStale(): void {
  window.addEventListener('vite:preloadError', () => {
    const last = Number(sessionStorage.getItem(RELOADED_KEY) ?? 0)
    if (!navigator.onLine || Math.abs(Date.now() - last) < 60_000) return
    sessionStorage.setItem(RELOADED_KEY, String(Date.now()))
    location.reload()
  })
}

/** Has the newer build take over, and starts from it. Only with an empty outbox. */
export function takeUpdate(): void {
  const waiting = registration.value?.waiting
  if (!waiting) return
  navigator.serviceWorker.addEventListener('controllerchange', () => { location.reload() }, { once: true })
  waiting.postMessage('take-over')
}
