/*
 * What the handheld may cost an old phone: bytes and requests until its first screen, long tasks at a
 * quarter of the processor, and that it is drawn over slow 3G. Counted in bytes, requests and tasks;
 * the times asserted are generous, since a busy machine is no old phone.
 *
 *   BASE_URL=… LOGIN=inspector01 PASSWORD=… node tests/browser/budgets.mjs
 */
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { at, must, needs, visit, walk } from './walk.mjs'
import { settled, signIn } from './pages.mjs'

const [BASE_URL, LOGIN, PASSWORD] = needs('BASE_URL', 'LOGIN', 'PASSWORD')
const MAX_KB = 350
const MAX_REQUESTS = 14
/** Of a phone four times slower than this machine; one task longer than that is felt as a freeze. */
const MAX_TASK_MS = 1_500
const MAX_TASKS_MS = 6_000
const MAX_PAINT_MS = 30_000
const SLOW_3G = { offline: false, latency: 400, downloadThroughput: (400 * 1024) / 8, uploadThroughput: (400 * 1024) / 8 }

/** As small as a file comes over the line where the server compresses, or a proxy before it. */
function compressed(body, type) {
  if (!/javascript|css|html|json|svg|manifest/.test(type)) return body.length
  return Math.min(gzipSync(body, { level: 6 }).length, brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }).length)
}

/** The files of these pages that came until now, each with what it weighs. */
async function weighed(responses) {
  const files = await Promise.all(responses.map(async (response) => {
    const body = await response.body().catch(() => Buffer.alloc(0))
    return { path: new URL(response.url()).pathname, bytes: compressed(body, response.headers()['content-type'] ?? '') }
  }))
  return files.sort((a, b) => b.bytes - a.bytes)
}

const kb = (bytes) => Math.round(bytes / 1024)

/** Loads an address on a slow phone with nothing cached, and tells what it cost. */
async function cost(page, path) {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.setCacheDisabled', { cacheDisabled: true })
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  await session.send('Network.emulateNetworkConditions', SLOW_3G)
  const responses = []
  const note = (response) => {
    const url = new URL(response.url())
    if (url.origin === new URL(BASE_URL).origin && !url.pathname.startsWith('/api/')) responses.push(response)
  }
  page.on('response', note)
  await page.goto(`${BASE_URL}${path}`, { timeout: 120_000, waitUntil: 'commit' })
  await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0 && document.querySelector('h1, h2, button, [data-testid]') !== null, undefined, { timeout: 120_000 })
  const painted = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0].startTime)
  // What the page asked for before something could be seen; the worker fetches what it keeps later.
  const before = await page.evaluate((until) => 1 + performance.getEntriesByType('resource').filter((one) => one.startTime < until && !/\/api\//.test(one.name)).length, painted)
  page.off('response', note)
  const files = await weighed(responses)
  await session.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 })
  await settled(page)
  const tasks = await page.evaluate(() => window.longTasks.map((task) => Math.round(task)))
  await session.detach()
  return { painted, requests: before, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0), files, tasks }
}

function tell(what, { painted, requests, bytes, files, tasks }) {
  process.stdout.write(`  ${what}: ${kb(bytes)} KB in ${requests} requests, painted after ${Math.round(painted)} ms, long tasks ${tasks.join(', ') || 'none'} ms\n`)
  for (const file of files.slice(0, 25)) process.stdout.write(`    ${String(kb(file.bytes)).padStart(4)} KB ${file.path}\n`)
}

function within(what, spent) {
  tell(what, spent)
  must(spent.bytes <= MAX_KB * 1024, `${what} weighs ${kb(spent.bytes)} KB, more than ${MAX_KB}`)
  must(spent.requests <= MAX_REQUESTS, `${what} takes ${spent.requests} requests, more than ${MAX_REQUESTS}`)
  must(spent.painted <= MAX_PAINT_MS, `${what} is painted after ${spent.painted} ms`)
  must(Math.max(0, ...spent.tasks) <= MAX_TASK_MS, `${what} stands still for ${Math.max(...spent.tasks)} ms`)
  must(spent.tasks.reduce((sum, task) => sum + task, 0) <= MAX_TASKS_MS, `${what} is busy too long: ${spent.tasks}`)
}

await walk(async (browser) => {
  const page = await visit(browser, 'small', () => false)
  // A service worker would answer from what it keeps, and the first load is what is measured.
  await page.addInitScript(() => {
    window.longTasks = []
    new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => window.longTasks.push(duration))).observe({ type: 'longtask', buffered: true })
  })
  at('the handheld’s first load, signed out, on a slow phone over slow 3G')
  within('the sign-in screen', await cost(page, '/m/signin'))
  await page.context().close()

  const inside = await visit(browser, 'small', () => false)
  await inside.addInitScript(() => {
    window.longTasks = []
    new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => window.longTasks.push(duration))).observe({ type: 'longtask', buffered: true })
  })
  await signIn(inside, BASE_URL, 'field', LOGIN, PASSWORD)
  await settled(inside)
  at('the handheld’s first screen, on a slow phone over slow 3G')
  within('the first screen', await cost(inside, '/m/'))
  at('the map’s library does not come before the map')
  const loaded = await inside.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name))
  must(!loaded.some((name) => /maplibre/i.test(name)), `the map came with the first screen: ${loaded.join(' ')}`)
  await inside.context().close()
})
