/*
 * The handheld's outbox on a bad day: each story is one telephone, with its own street to the server.
 *
 *   BASE_URL=… LOGIN=… PASSWORD=… NEXT_LOGIN=… STORY=day_offline node tests/browser/outbox.mjs
 *
 * LOGIN and NEXT_LOGIN are two inspectors; without STORY all are told.
 */
import process from 'node:process'
import { Person, isFull, keep, lose, noise, shows, signIn, telephone } from './handheld.mjs'
import { Street } from './street.mjs'
import { at, fits, must, needs, shot, walk } from './walk.mjs'

const [BASE_URL, LOGIN, PASSWORD, NEXT_LOGIN] = needs('BASE_URL', 'LOGIN', 'PASSWORD', 'NEXT_LOGIN')
const troubles = []

/** A telephone, signed in, on a street of its own. */
async function onStreet(browser, options, before) {
  const street = await new Street(BASE_URL).opens()
  const context = await telephone(browser, troubles, options)
  if (before) await context.addInitScript(before)
  const page = await context.newPage()
  await signIn(page, street.url, LOGIN, PASSWORD)
  return { street, context, page }
}

async function leave({ street, context }) {
  await context.close()
  street.closes()
}

const open = (page, street) => page.goto(`${street.url}/m/outbox`)
/** Waits for something to hold, half a minute at most. */
async function until(holds, what) {
  for (let i = 0; i < 600; i++) {
    if (holds()) return
    await new Promise((resolve) => { setTimeout(resolve, 50) })
  }
  throw new Error(`in vain: ${what}`)
}

const server = () => Person.signIn(BASE_URL, LOGIN, PASSWORD)

/** The service worker holds the pages. */
async function isHeld(page) {
  await page.evaluate(() => navigator.serviceWorker.ready)
  await page.reload()
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
}

const STORIES = {
  async day_offline(browser) {
    at('a day offline: the pages start without a network')
    const { street, context, page } = await onStreet(browser)
    await isHeld(page)
    street.goes('down')
    await context.setOffline(true)
    await page.close()
    const later = await context.newPage()
    await later.goto(`${street.url}/m/`)
    await later.getByTestId('to-outbox').waitFor()
    must(await later.getByTestId('offline').isVisible(), 'nothing says that there is no network')

    at('what is kept survives the page, and waits')
    const kept = [await keep(later, [await noise(later, 300)]), await keep(later, [await noise(later, 200), await noise(later, 220)]), await keep(later, [])]
    await open(later, street)
    await shows(later, 'waiting', 3)
    await fits(later)
    await shot(later, 'outbox-offline')
    must(street.of('PUT', '/reports/').length === 0, 'something passed a street that was down')

    at('in the evening all of it goes out by itself')
    street.goes('open')
    await context.setOffline(false)
    await shows(later, 'done', 3)
    await shot(later, 'outbox-delivered')
    await (await server()).has(kept)
    await leave({ street, context })
  },

  async two_tabs(browser) {
    at('two tabs: one queue is sent once, by one of them at a time')
    const { street, context, page } = await onStreet(browser)
    const kept = []
    for (let i = 0; i < 4; i++) kept.push(await keep(page, [await noise(page, 500 + i)]))
    const second = await context.newPage()
    await Promise.all([open(page, street), open(second, street)])
    await Promise.all([shows(page, 'done', 4), shows(second, 'done', 4)])
    await (await server()).has(kept)
    const sent = street.asked.filter(({ method, path }) => method === 'PATCH' || (method === 'PUT' && path.includes('/reports/')))
    for (const [index, one] of sent.entries()) {
      const next = sent[index + 1]
      must(!next || next.from >= one.until - 50, 'two tabs sent at once')
    }
    for (const id of kept) must(street.of('PUT', id).length === 2, `${id} was put ${street.of('PUT', id).length} times`)
    await leave({ street, context })
  },

  async killed(browser) {
    at('killed in mid-upload: the photo goes on where the server has it')
    const { street, context, page } = await onStreet(browser, { serviceWorkers: 'block' })
    street.stallAfter = 60_000
    const id = await keep(page, [await noise(page, 500)])
    await open(page, street)
    await until(() => street.of('PATCH', id).length === 1, 'a part is under way')
    await page.waitForTimeout(1_000)
    await page.close()
    street.stallAfter = 0
    street.cuts()
    const next = await context.newPage()
    await open(next, street)
    await shows(next, 'done', 1)
    const { offset } = street.of('PATCH', id).at(-1)
    must(offset === 60_000, `the photo went on at ${offset}`)
    await (await server()).has([id])
    await leave({ street, context })
  },

  async update(browser) {
    at('an update waits for a full outbox, and says so')
    const { street, context, page } = await onStreet(browser)
    await isHeld(page)
    const id = await keep(page, [await noise(page, 100)], { state: 'paused' })
    await open(page, street)
    await shows(page, 'paused', 1)
    const worker = await (await fetch(`${BASE_URL}/m/sw.js`)).text()
    street.instead.set('/m/sw.js', worker.replace(/zhoubian-m-([0-9a-f]+)/, 'zhoubian-m-newer'))
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration('/m/')).update())
    const note = page.getByTestId('update')
    await note.waitFor()
    must((await note.getAttribute('data-held')) === '1' && (await page.getByTestId('take-update').count()) === 0, 'the update would come under a full outbox')
    await page.reload()
    await shows(page, 'paused', 1)
    await shot(page, 'outbox-update-waits')

    at('with an empty outbox it is taken, and nothing was lost')
    await page.getByTestId('resume').click()
    await shows(page, 'done', 1)
    await page.getByTestId('take-update').click()
    await page.waitForFunction(async () => (await caches.keys()).join() === 'zhoubian-m-newer')
    await (await server()).has([id])
    await leave({ street, context })
  },

  async quota(browser) {
    at('a device without room says so, and what was typed stays')
    const { street, context, page } = await onStreet(browser)
    const kept = await keep(page, [await noise(page, 100)], { state: 'paused' })
    await page.goto(`${street.url}/m/suggest`)
    const words = '路口的垃圾桶太少'
    await page.locator('textarea').fill(words)
    const tools = await context.newCDPSession(page)
    const room = (quotaSize) => tools.send('Storage.overrideQuotaForOrigin', { origin: street.url, ...(quotaSize === undefined ? {} : { quotaSize }) })
    await room(1)
    await isFull(page)
    await page.getByTestId('send-suggestion').click()
    await page.locator('.bad[role=alert]').waitFor()
    must((await page.locator('textarea').inputValue()) === words, 'what was typed is gone')
    await fits(page)
    await shot(page, 'outbox-no-room')

    at('with room again it is kept, and so is what was kept before')
    await room()
    await page.getByTestId('send-suggestion').click()
    await page.waitForFunction(() => document.querySelector('textarea').value === '')
    await open(page, street)
    await page.waitForFunction(() => document.querySelectorAll('[data-testid=outbox-item]').length === 2)
    await page.locator(`[data-testid=outbox-item][data-id="${kept}"]`).getByTestId('resume').click()
    await page.locator(`[data-testid=outbox-item][data-id="${kept}"][data-state=done]`).waitFor()
    await (await server()).has([kept])
    await leave({ street, context })
  },

  async evicted(browser) {
    at('a photo whose bytes are gone is said, and nothing goes out without it')
    const { street, context, page } = await onStreet(browser)
    const id = await keep(page, [await noise(page, 100), await noise(page, 110)], { state: 'paused' })
    await lose(page, id)
    await open(page, street)
    await page.getByTestId('resume').click()
    await shows(page, 'refused', 1)
    await page.locator('[data-testid=problem][data-code=photo-gone]').waitFor()
    must((await page.locator('[data-testid=outbox-photo][data-gone=true]').count()) === 1, 'which photo is gone is not shown')
    must(street.of('PUT', id).length === 0, 'it went out without its photo')
    await fits(page)
    await shot(page, 'outbox-gone')

    at('its owner says that it goes without, and it does')
    await page.getByTestId('without').click()
    await shows(page, 'done', 1)
    const receipt = await (await server()).report(id)
    must(receipt.complete && receipt.photos.length === 1, 'it did not go with the photo that is left')
    await leave({ street, context })
  },

  async no_worker(browser) {
    at('without a service worker the open pages go on without a network')
    const { street, context, page } = await onStreet(browser, {}, 'delete Navigator.prototype.serviceWorker')
    const { files } = await (await fetch(`${BASE_URL}/m/files.json`)).json()
    const isAsked = (file) => !file.startsWith('/assets/') || street.asked.some(({ path, until }) => path === file && until !== null)
    await until(() => files.every(isAsked), 'every file is held')
    street.goes('down')
    await context.setOffline(true)
    await page.getByTestId('tab-mine').click()
    await page.getByTestId('sign-out').waitFor()
    await page.getByTestId('tab-home').click()
    await page.getByTestId('to-outbox').click()
    await page.getByTestId('outbox-empty').waitFor()
    const id = await keep(page, [await noise(page, 120)])
    street.goes('open')
    await context.setOffline(false)
    await page.reload()
    await shows(page, 'done', 1)
    await (await server()).has([id])
    await leave({ street, context })
  },

  async wrong_clock(browser) {
    at('a clock that is years ahead: sent all the same, and the server knows by how much')
    const ahead = 3 * 365 * 24 * 3600_000
    const { street, context, page } = await onStreet(browser, {}, `{ const Real = Date; const now = () => Real.now() + ${ahead}
      globalThis.Date = class extends Real { constructor(...given) { super(...(given.length ? given : [now()])) } static now() { return now() } } }`)
    const id = await keep(page, [await noise(page, 100)], { at: new Date(Date.now() + ahead).toISOString() })
    await open(page, street)
    await shows(page, 'done', 1)
    const receipt = await (await server()).report(id)
    const { used, received, skew_s } = receipt.clock
    must(Math.abs(Date.parse(used) - Date.parse(received)) < 120_000, `the time that counts is ${used}, it came at ${received}`)
    must(Math.abs(skew_s - (Date.parse(received) - Date.now() - ahead) / 1000) < 120, `the skew is ${skew_s}`)
    await leave({ street, context })
  },

  async portal(browser) {
    at('a captive portal and a redirect are no answers')
    const { street, context, page } = await onStreet(browser)
    const id = await keep(page, [await noise(page, 100)])
    for (const state of ['portal', 'redirect']) {
      street.goes(state)
      const before = street.asked.length
      await page.evaluate(() => window.dispatchEvent(new Event('online')))
      await until(() => street.asked.length > before, 'it is tried')
      await page.waitForTimeout(300)
    }
    street.goes('open')
    await open(page, street)
    await shows(page, 'done', 1)
    await (await server()).has([id])
    await leave({ street, context })
  },

  async next_user(browser) {
    at('signing out with a full outbox asks, and keeps it')
    const { street, context, page } = await onStreet(browser)
    const id = await keep(page, [await noise(page, 100)], { state: 'paused' })
    await page.goto(`${street.url}/m/mine`)
    await page.getByTestId('sign-out').click()
    await page.getByRole('button', { name: '先不退出' }).click()
    await page.getByTestId('sign-out').click()
    await page.getByRole('button', { name: '仍然退出' }).click()
    await page.getByTestId('login').waitFor()

    at('the next person sees nothing of it, and nothing of it goes out')
    await page.getByTestId('others').waitFor()
    await shot(page, 'signin-others')
    await signIn(page, street.url, NEXT_LOGIN, PASSWORD)
    await open(page, street)
    await page.getByTestId('outbox-empty').waitFor()
    await page.waitForTimeout(1_500)
    must((await (await server()).report(id)) === null, 'it went out under the next person')
    await page.goto(`${street.url}/m/mine`)
    await page.getByTestId('sign-out').click()
    await page.getByTestId('login').waitFor()

    at('its owner signs in again, goes on, and it is there')
    await signIn(page, street.url, LOGIN, PASSWORD)
    await open(page, street)
    await page.getByTestId('resume').click()
    await shows(page, 'done', 1)
    await (await server()).has([id])
    await leave({ street, context })
  },
}

await walk(async (browser) => {
  for (const [name, tell] of Object.entries(STORIES)) {
    if (!process.env.STORY || process.env.STORY === name) await tell(browser)
  }
  // What the portal's redirect is stopped by is said by the browser, once by its worker and once by its policy.
  const portal = (text) => process.env.STORY === 'portal' && /behind a redirect|violates the following Content Security Policy directive: "connect-src/.test(text)
  const rest = troubles.filter((text) => !portal(text))
  must(rest.length === 0, `the pages complained: ${rest.join('\n')}`)
})
