/*
 * An inspector's map on a telephone: drawn from the field pack, found by name, used without a network.
 *
 *   BASE_URL=… LOGIN=… PASSWORD=… LAT=… LON=… node tests/browser/field-map.mjs
 *
 * LOGIN is an inspector's whose duty areas have a point and a place in them; LAT, LON lie there.
 */
import { phone, looks } from './phone.mjs'
import { at, must, needs, walk } from './walk.mjs'

const [base, login, password, LAT, LON] = needs('BASE_URL', 'LOGIN', 'PASSWORD', 'LAT', 'LON')
const place = { lat: Number(LAT), lon: Number(LON) }

const drawn = (page) => page.locator('[data-testid=map][data-drawn=true]').first().waitFor({ timeout: 60_000 })
const card = (page) => page.getByTestId('map-card')

async function opens(page) {
  at('the first screen comes without the map')
  const fetched = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name))
  must(!fetched.some((name) => name.includes('maplibre')), 'the map came with the first screen')

  at('the map shows where one stands, and how sure that is')
  await page.getByTestId('tab-map').click()
  await drawn(page)
  await page.locator('[data-testid=position-state][data-state=found]').waitFor()
  must((await page.getByTestId('position-state').innerText()).includes('35'), 'the accuracy is not told')
  await looks(page, 'map')
}

async function finds(page) {
  at('a tap says what is there; a number of issues is opened until they fall apart')
  const { width, height } = page.viewportSize()
  for (let tap = 0; tap < 6 && (await card(page).count()) === 0; tap += 1) {
    await page.touchscreen.tap(width / 2, height * 0.6)
    await page.waitForTimeout(800)
  }
  await card(page).waitFor()
  await looks(page, 'map-card')
  await page.getByTestId('close-card').click()

  at('a place is found by a part of its name, by keyboard alone')
  await page.getByTestId('find-place').fill('社区')
  await page.getByTestId('found-place').first().waitFor()
  await page.getByTestId('find-place').press('ArrowDown')
  await page.getByTestId('find-place').press('Enter')
  await card(page).waitFor()
  await looks(page, 'map-found')
}

async function goesOffline(page) {
  at('without a network the map is drawn again from the phone')
  await page.context().setOffline(true)
  await page.getByTestId('tab-home').click()
  await page.getByTestId('tab-map').click()
  await drawn(page)
  await page.getByTestId('find-place').fill('社区')
  await page.getByTestId('found-place').first().click()
  await card(page).waitFor()

  at('what is seen there can be reported there')
  await page.context().setOffline(false)
  await card(page).getByTestId('report-here').click()
  await page.waitForURL((url) => url.pathname === '/m/report' && url.searchParams.has('lat') && url.searchParams.has('lon'))
}

await walk(async (browser) => {
  const page = await phone(browser, { base, login, password, place, accuracy: 35 })
  await opens(page)
  await finds(page)
  await goesOffline(page)
})
