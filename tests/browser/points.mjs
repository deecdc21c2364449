/*
 * The points and the wallboard: from the list to a point's page and on to the issues it counts; then a
 * wall that is refreshed many times, loses its network and finds it again, and grows by nothing.
 *
 *   BASE_URL=… LOGIN=office PASSWORD=… node tests/browser/points.mjs
 *
 * LOGIN is of the office. REFRESHES (default 60) is how often the wall is refreshed while it is watched.
 */
import process from 'node:process'
import { at, atStep, fits, must, needs, shot, visit, walk } from './walk.mjs'

const [BASE_URL, LOGIN, PASSWORD] = needs('BASE_URL', 'LOGIN', 'PASSWORD')
const REFRESHES = Number(process.env.REFRESHES ?? 60)
/** Refreshes before what is held counts as settled. */
const WARMING = 15
/** What a wall may gain over all its refreshes: less than that is the noise of measuring. */
const MOST = { heap: 3_000_000, nodes: 40, listeners: 4 }

async function signIn(page, path) {
  await page.goto(`${BASE_URL}/signin?next=${encodeURIComponent(path)}`)
  await page.getByTestId('login').fill(LOGIN)
  await page.getByTestId('password').fill(PASSWORD)
  await page.getByTestId('submit').click()
  await page.waitForURL((url) => url.pathname === path)
}

const drawn = (page) => page.locator('[data-testid=map][data-drawn=true]').first().waitFor({ timeout: 60_000 })

async function findsByName(page) {
  at('points are listed with what is open around each, the most first')
  const rows = page.getByTestId('point-row')
  await rows.first().waitFor()
  const all = await rows.count()
  await fits(page)
  await shot(page, 'points')

  at('a name narrows the list, and stays in the address')
  const name = await rows.first().locator('strong').innerText()
  await page.getByTestId('point-text').fill(name)
  await page.waitForURL((url) => url.searchParams.get('text') === name)
  must((await rows.count()) >= 1 && (await rows.count()) < all, 'the name did not narrow the list')

  at('what nobody is called says so, and leads back')
  await page.getByTestId('point-text').fill('zz-nothing')
  await page.getByTestId('empty').waitFor()
  await page.getByTestId('empty').getByRole('button').click()
  await rows.nth(all - 1).waitFor({ state: 'attached' })
}

async function seesPoint(page) {
  at('a point shows its rings, and what is open by band')
  await page.getByTestId('point-row').first().click()
  await page.getByTestId('point').waitFor()
  await drawn(page)
  const bands = page.getByTestId('bands').locator('li')
  await bands.first().waitFor()
  await fits(page)
  await shot(page, 'point')

  at('the bands add up to what is open')
  const open = await page.getByTestId('bands').locator('b').allInnerTexts()
  const total = Number(/\d+/.exec(await page.getByTestId('point-total').innerText())[0])
  must(open.map(Number).reduce((sum, n) => sum + n, 0) === total, `${open} is not ${total}`)

  at('streets and compounds go by their names, and can be shown on the map')
  const place = page.getByTestId('place-around').first()
  if ((await place.count()) > 0) {
    await place.click()
    must((await place.getAttribute('aria-pressed')) === 'true', 'the place was not chosen')
  }

  at('each band leads to its issues')
  const code = await page.getByTestId('point').getAttribute('data-code')
  await page.getByTestId('band-core').click()
  await page.waitForURL((url) => url.pathname === '/issues' && url.searchParams.get('point') === code && url.searchParams.get('band') === 'core')
  await page.goBack()
  await page.getByTestId('point').waitFor()

  at('a point that is not there says so')
  await page.goto(`${BASE_URL}/points/NO-SUCH-POINT`)
  await page.getByTestId('no-point').waitFor()
}

/** What the page holds after the garbage is gone. */
async function held(cdp) {
  await cdp.send('HeapProfiler.collectGarbage')
  const { metrics } = await cdp.send('Performance.getMetrics')
  const of = (name) => metrics.find((metric) => metric.name === name).value
  return { heap: of('JSHeapUsedSize'), nodes: of('Nodes'), listeners: of('JSEventListeners') }
}

async function refreshes(page, times) {
  const wall = page.getByTestId('wallboard')
  for (let done = 0; done < times; done += 1) {
    const runs = Number(await wall.getAttribute('data-runs'))
    await page.evaluate(() => { window.dispatchEvent(new Event('online')) })
    await page.waitForFunction((before) => Number(document.querySelector('[data-testid=wallboard]').dataset.runs) > before, runs, { timeout: 60_000 })
  }
}

async function watchesWall(page) {
  at('the wall comes up by itself')
  await page.goto(`${BASE_URL}/wallboard`)
  await page.locator('[data-testid=wallboard]:not([data-runs="0"])').waitFor({ timeout: 60_000 })
  await drawn(page)
  await page.getByTestId('wall-areas').locator('tbody tr').first().waitFor()
  must(/^\d\d:\d\d$/.test(await page.getByTestId('wall-clock').innerText()), 'there is no clock')
  await fits(page)
  await shot(page, 'wall-day')

  at('figures on the wall are large enough for five metres')
  const size = await page.getByTestId('wall-open').locator('dd').evaluate((figure) => parseFloat(getComputedStyle(figure).fontSize) / innerWidth)
  must(size > 0.035, `figures are ${(size * 100).toFixed(1)} % of the wall's width`)

  at('it is day or night as somebody chooses')
  await page.getByTestId('wall-light').click()
  await page.getByTestId('wall-light').click()
  must((await page.getByTestId('wallboard').getAttribute('class')).includes('night'), 'it did not get dark')
  await page.waitForTimeout(600)
  await shot(page, 'wall-night')

  at('a wall that lost its network says so, and finds it again by itself')
  await page.context().setOffline(true)
  await page.evaluate(() => { window.dispatchEvent(new Event('online')) })
  await page.locator('[data-testid=wallboard]:not([data-failures="0"])').waitFor()
  must((await page.getByTestId('wall-state').innerText()).includes('连接中断'), 'the lost network is not told')
  await page.context().setOffline(false)
  await page.locator('[data-testid=wallboard][data-failures="0"]').waitFor({ timeout: 60_000 })

  at(`${REFRESHES} refreshes leave nothing behind`)
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Performance.enable')
  await refreshes(page, WARMING)
  const before = await held(cdp)
  await refreshes(page, REFRESHES)
  const after = await held(cdp)
  process.stdout.write(`  held before ${JSON.stringify(before)}, after ${JSON.stringify(after)}\n`)
  for (const [what, most] of Object.entries(MOST)) must(after[what] - before[what] <= most, `${what} grew from ${before[what]} to ${after[what]}`)

  at('it can be left')
  await page.getByTestId('wall-leave').click()
  await page.waitForURL((url) => url.pathname === '/issues')
}

await walk(async (browser) => {
  // The browser calls a lost network an error, and the code that nobody has.
  const expected = () => atStep().startsWith('a wall that lost') || atStep().startsWith('a point that is not there')
  for (const screen of ['small', 'desktop']) {
    const page = await visit(browser, screen, expected)
    await signIn(page, '/points')
    await findsByName(page)
    await seesPoint(page)
    if (screen === 'desktop') await watchesWall(page)
    await page.context().close()
  }
})
