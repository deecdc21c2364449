/*
 * The handheld's service worker: it holds all files of one build, so that the pages start without a
 * network. It touches no call of the API, and takes the place of its predecessor only when the pages
 * say so: a page never runs with the files of two builds, and never changes under a full outbox.
 *
 * It imports nothing: older web views start no worker that is a module.
 */

interface Waiting { waitUntil: (work: Promise<unknown>) => void }
interface Fetching { request: Request; respondWith: (response: Promise<Response>) => void }
interface Told { data: unknown }
interface Scope {
  addEventListener(type: 'install' | 'activate', listener: (event: Waiting) => void): void
  addEventListener(type: 'fetch', listener: (event: Fetching) => void): void
  addEventListener(type: 'message', listener: (event: Told) => void): void
  skipWaiting: () => Promise<void>
  clients: { claim: () => Promise<void> }
}

const worker = self as unknown as Scope
/** Put in by the build. */
const FILES = JSON.parse('__FILES__') as string[]
const CACHE = `zhoubian-m-${'__VERSION__'}`
const START = '/m/'

async function fetchWhole(file: string): Promise<Response> {
  // Names under assets/ carry their content's hash; all others are asked for anew.
  const response = await fetch(file, { cache: file.startsWith('/assets/') ? 'default' : 'reload', redirect: 'error' })
  const isPage = response.headers.get('Content-Type')?.startsWith('text/html') ?? false
  // A captive portal answers every address with a page of its own.
  const isOurs = file === START ? isPage && (await response.clone().text()).includes('id="app"') : !isPage
  if (!response.ok || !isOurs) throw new Error(`not ${file}`)
  return response
}

/** All files or none: the old ones are used until the new ones are whole. */
async function holdAll(): Promise<void> {
  const cache = await caches.open(CACHE)
  for (const file of FILES) {
    if ((await cache.match(file)) === undefined) await cache.put(file, await fetchWhole(file))
  }
}

async function dropOthers(): Promise<void> {
  for (const name of await caches.keys()) if (name.startsWith('zhoubian-m-') && name !== CACHE) await caches.delete(name)
  await worker.clients.claim()
}

async function held(file: string, request: Request): Promise<Response> {
  const cache = await caches.open(CACHE)
  return (await cache.match(file)) ?? fetch(request)
}

worker.addEventListener('install', (event) => { event.waitUntil(holdAll()) })
worker.addEventListener('activate', (event) => { event.waitUntil(dropOthers()) })
worker.addEventListener('message', ({ data }) => {
  if (data === 'take-over') void worker.skipWaiting()
})
worker.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== location.origin) return
  if (request.mode === 'navigate' && (pathname === '/m' || pathname.startsWith(START))) event.respondWith(held(START, request))
  else if (FILES.includes(pathname)) event.respondWith(held(pathname, request))
})

export {}
