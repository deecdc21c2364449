/*
 * Reports as an inspector makes them on a telephone: three taps; the pin dragged; a circle drawn;
 * a category by its initials; what is nearby; fixed on the spot, before and after; killed half way; no camera.
 *
 *   BASE_URL=… LOGIN=inspector01 PASSWORD=… LAT=… LON=… node tests/browser/report.mjs
 *
 * LAT and LON are a place in LOGIN's duty areas without an open issue around it.
 */
import { begins, CAMERA, Caller, drags, looks, phone, sends, shoots } from './phone.mjs'
import { at, must, needs, walk } from './walk.mjs'

const [base, login, password, LAT, LON] = needs('BASE_URL', 'LOGIN', 'PASSWORD', 'LAT', 'LON')
const place = { lat: Number(LAT), lon: Number(LON) }
const metres = (a, b) => Math.hypot((a.lat - b.lat) * 111_320, (a.lon - b.lon) * 111_320 * Math.cos((a.lat * Math.PI) / 180))

async function threeTaps(page, me) {
  at('a report takes three taps and less than ten seconds')
  const began = Date.now()
  await page.getByTestId('report').click()
  await shoots(page)
  await page.getByTestId('review').waitFor()
  await looks(page, 'review')
  await page.getByTestId('send').click()
  await page.waitForURL('**/sent/**')
  must(Date.now() - began < 10_000, `it took ${Date.now() - began} ms`)
  await page.locator('[data-testid=sent][data-state=handed]').waitFor()
  must((await page.getByTestId('sent').innerText()).includes('已交单'), 'nothing says that it is delivered')
  await looks(page, 'sent')

  at('it has its photo, its place with accuracy, and no category')
  const { body, receipt } = await me.gets(`/reports/${page.url().split('/').at(-1)}`)
  must(receipt.complete && receipt.photos.length === 1, 'its photo is not there')
  must(metres(body.position, place) < 1 && body.position.accuracy_m === 9, `its place is ${JSON.stringify(body.position)}`)
  must(!body.category, 'it has a category that nobody chose')
}

async function dragged(page, me) {
  at('the pin is dragged: both places are kept')
  await begins(page, base)
  await page.getByTestId('open-place').click()
  await drags(page, page.getByTestId('place-sheet').getByTestId('plan'), [0.6, 0.5], [0.4, 0.5])
  await looks(page, 'place')
  await page.getByTestId('place-use').click()
  const words = await page.getByTestId('place-words').innerText()
  must(words.includes('已改动') && words.includes('±9'), `nothing says that the place was moved, or from where: ${words}`)
  await looks(page, 'place-moved')
  const { body } = await me.gets(`/reports/${await sends(page)}`)
  must(metres(body.device_position, place) < 1 && body.device_position.accuracy_m === 9, `the device’s word is ${JSON.stringify(body.device_position)}`)
  const moved = metres(body.position, place)
  must(moved > 5 && moved < 200, `the pin lies ${moved} m away`)
}

async function marked(page, me) {
  at('a circle is drawn on a photo: the drawn one is sent, and the one as it was taken')
  await begins(page, base)
  await page.getByTestId('draft-photo').click()
  await page.getByTestId('mark-photo').click()
  await page.getByTestId('draw-arrow').click()
  await drags(page, page.getByTestId('drawing'), [0.2, 0.2], [0.5, 0.5])
  await page.getByTestId('draw-circle').click()
  await drags(page, page.getByTestId('drawing'), [0.4, 0.4], [0.8, 0.8])
  await looks(page, 'drawing')
  await page.getByTestId('keep-drawing').click()
  await page.getByTestId('draft-photo').nth(1).waitFor()
  const { body } = await me.gets(`/reports/${await sends(page)}`)
  must(body.photos.length === 2 && body.photos[0].sha256 !== body.photos[1].sha256, 'it does not have both')
}

async function categorised(page, me) {
  at('a category is found by its initials, then its condition')
  await begins(page, base)
  await page.getByTestId('open-category').click()
  must((await page.getByTestId('category').count()) > 10, 'the list of categories is not there')
  await looks(page, 'categories')
  await page.getByTestId('category-search').fill('bllj')
  await page.locator('[data-testid=category][data-code="0101"]').click()
  await looks(page, 'conditions')
  await page.locator('[data-testid=condition][data-code="0101B"]').click()
  must((await page.getByTestId('chosen-category').innerText()) === '暴露垃圾', 'the chosen category is not shown')
  await page.getByTestId('note').fill('菜市场西门外')
  const { body, receipt } = await me.gets(`/reports/${await sends(page)}`)
  must(body.category === '0101' && body.condition === '0101B' && body.note === '菜市场西门外', JSON.stringify(body))
  return receipt.issue
}

async function nearby(page, issue) {
  at('what is open nearby is offered: it is that one, and nothing is sent twice')
  await page.goto(`${base}/m/mine`)
  await page.getByTestId('refresh-pack').click()
  await page.waitForLoadState('networkidle')
  await begins(page, base)
  await looks(page, 'nearby')
  await page.locator(`[data-testid=nearby-issue][data-id="${issue}"]`).click()
  await page.getByTestId('same-issue').click()
  await page.getByTestId('known').waitFor()
  await page.goto(`${base}/m/outbox`)
  must((await page.locator('[data-testid=outbox-item][data-state=draft]').count()) === 0, 'the draft is still there')
}

async function handled(page, me) {
  at('fixed on the spot: before and after in one report')
  await begins(page, base)
  await page.getByTestId('self-handled').check()
  must((await page.getByTestId('lacks').innerText()).includes('处理后'), 'nothing says what is missing')
  must((await page.getByTestId('send').count()) === 0, 'it can be sent without a photo of it fixed')
  await looks(page, 'handled-before')

  at('killed while it is being fixed: the first screen says what is missing')
  await page.waitForTimeout(800)
  await page.goto(`${base}/m/`)
  must((await page.getByTestId('draft').innerText()).includes('处理后'), 'the draft does not say what is missing')
  await page.getByTestId('resume-draft').click()
  await page.getByTestId('take-after').click()
  await page.getByTestId('ghost').waitFor()
  await looks(page, 'after')
  await shoots(page)
  await page.locator('[data-testid=draft-photo][data-part=after]').waitFor()
  await looks(page, 'handled')
  const { body, receipt } = await me.gets(`/reports/${await sends(page)}`)
  must((await page.getByTestId('sent').innerText()).includes('无需再管'), 'nothing says that there is nothing more to do')
  must((await page.getByTestId('sent-issue').innerText()).includes('自处置'), 'nothing says that it is closed')
  await looks(page, 'handled-sent')
  must(body.self_handled === true && receipt.stage === 'closed', 'it does not say that it was handled')
  must(body.photos.map(({ part }) => part).join() === 'before,after', `its parts are ${body.photos.map(({ part }) => part)}`)
  return receipt.issue
}

async function shown(page, issue) {
  at('one’s own reports show it before and after, as fixed by oneself')
  await page.goto(`${base}/m/reports`)
  const card = page.locator('[data-testid=my-report][data-handled=true]').first()
  await card.getByTestId('handled-sides').locator('img').nth(1).waitFor()
  must((await card.innerText()).includes('自处置'), 'it is not said to be fixed by oneself')
  await looks(page, 'handled-mine')
  await card.click()
  await page.waitForURL(`**/m/issues/${issue}`)
  await page.getByTestId('pair-before').waitFor()
  await page.getByTestId('pair-after').waitFor()
  await looks(page, 'handled-issue')
}

async function mistaken(page, me) {
  at('both photos taken before anybody said so: one is made the after-photo')
  await begins(page, base)
  await page.getByTestId('more-photo').click()
  await shoots(page)
  await page.getByTestId('draft-photo').nth(1).waitFor()
  await page.getByTestId('self-handled').check()
  await page.getByTestId('draft-photo').nth(1).click()
  await looks(page, 'photo-sheet')
  await page.getByTestId('turn-photo').click()
  await page.getByTestId('send').waitFor()
  const { body } = await me.gets(`/reports/${await sends(page)}`)
  must(body.photos.map(({ part }) => part).join() === 'before,after', `its parts are ${body.photos.map(({ part }) => part)}`)
}

async function killed(page, me) {
  at('killed half way: the draft is there again, with its photo and its words')
  await begins(page, base)
  await page.getByTestId('note').fill('写到一半')
  await page.waitForTimeout(800)
  await page.close({ runBeforeUnload: false })
  const later = await page.context().newPage()
  await later.goto(`${base}/m/`)
  await looks(later, 'draft')
  await later.getByTestId('resume-draft').click()
  await later.getByTestId('draft-photo').locator('img').waitFor()
  must((await later.getByTestId('note').inputValue()) === '写到一半', 'its words are gone')
  const { body } = await me.gets(`/reports/${await sends(later)}`)
  must(body.note === '写到一半' && body.photos.length === 1, JSON.stringify(body))
  return later
}

async function withoutCamera(browser) {
  at('a phone that shows no viewfinder takes its own camera’s photo')
  const page = await phone(browser, { base, login, password, place, permissions: ['geolocation'] })
  await page.addInitScript(() => { Object.defineProperty(navigator, 'mediaDevices', { value: undefined }) })
  await page.goto(`${base}/m/report`)
  await page.locator('[data-testid=viewfinder][data-state=missing]').waitFor()
  await page.locator('[data-testid=fix]', { hasText: '±' }).waitFor()
  await looks(page, 'no-camera')
  const choosing = page.waitForEvent('filechooser')
  await page.getByTestId('shutter').click()
  const bytes = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(2400, 1800)
    canvas.getContext('2d').fillRect(300, 300, 900, 900)
    return [...new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg' })).arrayBuffer())]
  })
  await (await choosing).setFiles({ name: 'IMG_0001.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(bytes) })
  await page.getByTestId('review').waitFor()
  await sends(page)
  await page.context().close()
}

await walk(async (browser) => {
  const me = await Caller.signIn(base, login, password)
  const page = await phone(browser, { base, login, password, place })
  await looks(page, 'home')
  await threeTaps(page, me)
  await dragged(page, me)
  await marked(page, me)
  const issue = await categorised(page, me)
  await nearby(page, issue)
  await shown(page, await handled(page, me))
  await mistaken(page, me)
  await (await killed(page, me)).context().close()
  await withoutCamera(browser)
}, CAMERA)
