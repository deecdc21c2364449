/*
 * One problem through three faces: the office takes it from a chat group, the bureau puts it right,
 * somebody else looks again, and it is closed.
 *
 *   BASE_URL=… PASSWORD=… DESK=office VERIFIER=inspector01 PLACE=ybx node tests/browser/story.mjs
 *
 * PLACE is what is typed to find a place by its name, among those that VERIFIER sees. A bureau's login
 * is its code.
 */
import { paste } from './desk.mjs'
import { CAMERA, Caller, phone, shoots } from './phone.mjs'
import { at, must, needs, shot, visit, walk } from './walk.mjs'

const [base, password, DESK, VERIFIER, PLACE] = needs('BASE_URL', 'PASSWORD', 'DESK', 'VERIFIER', 'PLACE')

/** A rendition that is still to be made is a 404 with a time to come back. */
const refused = (message) => /\/(thumbnail|large)$/.test(message.location().url)

async function signIn(page, login, to) {
  await page.goto(`${base}${to}`)
  await page.getByTestId('login').fill(login)
  await page.getByTestId('password').fill(password)
  await page.getByTestId('submit').click()
  await page.waitForURL((url) => url.pathname === to)
}

async function takeUp(page) {
  at('the office files what the chat group sent')
  await signIn(page, DESK, '/desk')
  await page.getByTestId('find-place').waitFor()
  await paste(page, '垃圾没人收')
  await page.getByTestId('desk-photo').waitFor()
  await page.getByTestId('find-place').fill(PLACE)
  await page.getByTestId('found-place').first().waitFor()
  await page.keyboard.press('Enter')
  await page.getByTestId('condition').fill('bllj')
  await page.getByTestId('condition').press('Enter')
  await page.getByTestId('desk-note').fill('群里反映，垃圾没人收')
  await page.keyboard.press('Control+Enter')
  const filed = page.locator('[data-testid=desk-sent][data-state=filed]').first()
  await filed.locator('[data-testid=stage][data-stage=dispatched]').waitFor()
  return (await filed.getByTestId('desk-issue').getAttribute('href')).split('/').at(-1)
}

async function putRight(page, id, lead) {
  at('the bureau accepts it, and says with a photo from the place that it is done')
  await signIn(page, lead, '/issues')
  await page.goto(`${base}/issues/${id}`)
  await page.getByTestId('command-accept').click()
  await page.getByTestId('confirm').click()
  await page.getByTestId('command-rectify').click()
  const picture = await page.evaluate(async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 240 })
    canvas.getContext('2d').fillText(`清净 ${Date.now()}`, 20, 60)
    return canvas.toDataURL('image/jpeg').split(',')[1]
  })
  await page.getByTestId('photo-input').setInputFiles({ name: 'after.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(picture, 'base64') })
  await page.getByTestId('command-dialog').getByText('我就在现场').click()
  await page.waitForTimeout(1_000)
  await page.getByTestId('confirm').click()
  await page.locator('[data-testid=issue] [data-testid=stage][data-stage=rectified]').first().waitFor()
}

async function lookAgain(page, id) {
  at('somebody else looks again at the place, and passes it')
  await page.goto(`${base}/m/tasks/${id}`)
  await page.getByTestId('take-check').click()
  await shoots(page)
  await page.getByTestId('check-photo').waitFor()
  await page.getByTestId('verify-pass').click()
  await page.waitForURL('**/m/tasks')
  await page.goto(`${base}/m/outbox`)
  await page.locator('[data-testid=outbox-item][data-state=done]').first().waitFor()
}

async function seeClosed(page, id) {
  at('the office sees it closed, with its whole story')
  await page.goto(`${base}/issues/${id}`)
  await page.locator('[data-testid=issue] [data-testid=stage][data-stage=closed]').first().waitFor()
  for (const kind of ['reported', 'filed', 'dispatched', 'accepted', 'rectified', 'closed']) {
    must((await page.locator(`[data-testid=event][data-kind=${kind}]`).count()) > 0, `the story does not tell that it was ${kind}`)
  }
  await shot(page, 'story')
}

await walk(async (browser) => {
  const office = await visit(browser, 'desktop', refused)
  const id = await takeUp(office)
  const { lead, position: { lat, lon } } = await (await Caller.signIn(base, DESK, password)).gets(`/issues/${id}`)
  const there = { geolocation: { latitude: lat, longitude: lon, accuracy: 8 }, permissions: ['geolocation'] }
  await putRight(await visit(browser, 'desktop', refused, there), id, lead)
  await lookAgain(await phone(browser, { base, login: VERIFIER, password, place: { lat, lon } }), id)
  await seeClosed(office, id)
}, CAMERA)
