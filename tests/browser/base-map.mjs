/*
 * A base map of the operator's under the district's own: its tiles come in, the policy lets them, and
 * whose map it is stands on it; where none come, the district's own map is there.
 *
 *   BASE_URL=… TILES=… ATTRIBUTION=… LOGIN=… PASSWORD=… node tests/browser/base-map.mjs
 *
 * The server is set to tiles below TILES, an address that nobody answers but this walk.
 */
import { Buffer } from 'node:buffer'
import { signIn } from './pages.mjs'
import { at, atStep, must, needs, shot, visit, walk } from './walk.mjs'

const [BASE_URL, TILES, ATTRIBUTION, LOGIN, PASSWORD] = needs('BASE_URL', 'TILES', 'ATTRIBUTION', 'LOGIN', 'PASSWORD')
/** One orange pixel. */
const ORANGE = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4sCUFAASgAgmqR+1ZAAAAAElFTkSuQmCC', 'base64')
const drawn = (page) => page.locator('[data-testid=map][data-drawn=true]').first().waitFor({ timeout: 60_000 })

/** What a browser says of tiles that nobody sends. */
const refused = (message) => atStep().startsWith('without') && message.location().url.startsWith(TILES)

await walk(async (browser) => {
  const page = await visit(browser, 'desktop', refused)
  let answers = true
  let asked = 0
  await page.route(`${TILES}/**`, (route) => {
    asked += 1
    return answers ? route.fulfill({ contentType: 'image/png', body: ORANGE, headers: { 'Access-Control-Allow-Origin': '*' } }) : route.abort()
  })
  await signIn(page, BASE_URL, 'console', LOGIN, PASSWORD)
  at('tiles lie under the points, and whose they are stands on them')
  await page.goto(`${BASE_URL}/points`)
  await drawn(page)
  await page.getByTestId('attribution').waitFor()
  must((await page.getByTestId('attribution').innerText()) === ATTRIBUTION, 'it says something else')
  for (let waited = 0; asked === 0 && waited < 100; waited += 1) await page.waitForTimeout(100)
  must(asked > 0, 'no tile was asked for')
  await page.waitForTimeout(1000)
  await shot(page, 'base-map')
  at('without an answer the district draws itself')
  answers = false
  await page.reload()
  await drawn(page)
  await page.waitForTimeout(1000)
  await shot(page, 'base-map-none')
  await page.context().close()
})
