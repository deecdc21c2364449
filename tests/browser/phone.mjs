/*
 * A telephone in an inspector's hand: it has a camera and knows where it is, or says so when it may not.
 */
import { fits, shot, visit } from './walk.mjs'

/** The browser's own camera, which shows a clock face, without a question. */
export const CAMERA = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']

/** A telephone of its own at a place, signed in. `accuracy` is what it says of the position, metres. */
export async function phone(browser, { base, login, password, place, accuracy = 9, permissions = ['geolocation', 'camera'] }) {
  const geolocation = { latitude: place.lat, longitude: place.lon, accuracy }
  const page = await visit(browser, 'small', () => false, { geolocation, permissions })
  await page.goto(`${base}/m/`)
  await page.getByTestId('login').fill(login)
  await page.getByTestId('password').fill(password)
  await page.getByTestId('submit').click()
  await page.getByTestId('report').waitFor()
  return page
}

/** Waits for the live picture and the position, and takes a photo. */
export async function shoots(page) {
  await page.locator('[data-testid=viewfinder][data-state=live]').waitFor()
  await page.locator('[data-testid=fix]', { hasText: '±' }).waitFor()
  await page.getByTestId('shutter').click()
}

/** Opens the viewfinder from the first screen and takes a photo. */
export async function begins(page, base) {
  await page.goto(`${base}/m/report`)
  await shoots(page)
  await page.getByTestId('review').waitFor()
}

/** Sends what is on the screen; its id once the server has all of it. */
export async function sends(page) {
  await page.getByTestId('send').click()
  await page.waitForURL('**/sent/**')
  await page.locator('[data-testid=sent][data-state=handed]').waitFor()
  return page.url().split('/').at(-1)
}

/** A screen fits, and has its picture taken. */
export async function looks(page, name) {
  await fits(page)
  await shot(page, name)
}

/** Draws with one finger over part of an element, by shares of its width and height. */
export async function drags(page, element, [fromX, fromY], [toX, toY]) {
  const { x, y, width, height } = await element.boundingBox()
  await page.mouse.move(x + width * fromX, y + height * fromY)
  await page.mouse.down()
  await page.mouse.move(x + width * toX, y + height * toY, { steps: 6 })
  await page.mouse.up()
}

/** Somebody who asks the API itself. */
export class Caller {
  constructor(base, token) {
    this.api = `${base}/api/v1`
    this.headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }
  }

  static async signIn(base, login, password) {
    const answer = await fetch(`${base}/api/v1/sessions`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ login, password, device: 'walk' }) })
    return new Caller(base, (await answer.json()).access_token)
  }

  async gets(path) {
    const answer = await fetch(`${this.api}${path}`, { headers: this.headers })
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`)
    return answer.json()
  }

  async posts(path, body) {
    const answer = await fetch(`${this.api}${path}`, { method: 'POST', headers: this.headers, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
    return answer.json()
  }
}
