/*
 * What the walks through the handheld share: a telephone, its outbox as it lies on the disk, and what
 * the server says of a report.
 */
import { createHash, randomUUID } from 'node:crypto'
import { must } from './walk.mjs'

/** What the browser says of a network that is not there, or of another in its place, is no defect of the pages. */
export const OFFLINE = (message) => /net::|Failed to load resource|the server responded with a status of|unsupported MIME type|behind a redirect/.test(message.text())

/** A telephone with nothing remembered; `options` are the browser's. */
export async function telephone(browser, troubles, options = {}) {
  const context = await browser.newContext({ viewport: { width: 360, height: 780 }, isMobile: true, hasTouch: true, locale: 'zh-CN', ...options })
  context.setDefaultTimeout(30_000)
  context.on('page', (page) => {
    page.on('pageerror', (error) => troubles.push(error.message))
    page.on('console', (message) => { if (message.type() === 'error' && !OFFLINE(message)) troubles.push(message.text()) })
  })
  return context
}

/** Signs in at the handheld's own page. */
export async function signIn(page, url, login, password) {
  await page.goto(`${url}/m/`)
  await page.getByTestId('login').fill(login)
  await page.getByTestId('password').fill(password)
  await page.getByTestId('submit').click()
  await page.waitForURL((at) => at.pathname === '/m/')
  await page.getByTestId('to-outbox').waitFor()
}

/** A JPEG of noise, which no compression makes small. */
export async function noise(page, edge) {
  const bytes = await page.evaluate(async (size) => {
    const canvas = new OffscreenCanvas(size, size)
    const context = canvas.getContext('2d')
    const picture = context.createImageData(size, size)
    for (let i = 0; i < picture.data.length; i++) picture.data[i] = i % 4 === 3 ? 255 : Math.random() * 256
    context.putImageData(picture, 0, 0)
    const reader = new FileReader()
    reader.readAsDataURL(await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 }))
    await new Promise((resolve) => { reader.onload = resolve })
    return reader.result.split(',')[1]
  }, edge)
  return Buffer.from(bytes, 'base64')
}

/** Puts a report with these photos on the telephone, as the pages keep one; its id. */
export async function keep(page, photos, { at = new Date().toISOString(), state = 'waiting' } = {}) {
  const [id, now] = [randomUUID(), Date.now()]
  const captured = { at, tick: 0, life: 'a life before' }
  const item = {
    id, kind: 'report', state, label: '', captured, made_at: now, changed_at: now, is_taken: false, outcome: null, attempts: 0, not_before: 0, refusals: 0, reason: null,
    fields: { source: 'inspector', note: '' },
  }
  const shots = photos.map((bytes, order) => ({
    record: { id: randomUUID(), item: id, order, part: 'scene', sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length, media_type: 'image/jpeg', captured, position: null, sent: 0, is_sent: false, is_gone: false, mismatches: 0, upload_path: null },
    content: bytes.toString('base64'),
  }))
  await page.evaluate(async ({ item: one, shots: all }) => {
    const owner = JSON.parse(localStorage.getItem('zhoubian.account')).id
    const opening = indexedDB.open('zhoubian-outbox')
    const database = await new Promise((resolve, reject) => { opening.onsuccess = () => resolve(opening.result); opening.onerror = () => reject(opening.error) })
    const writing = database.transaction(['items', 'photos', 'contents'], 'readwrite')
    writing.objectStore('items').put({ ...one, owner })
    for (const { record, content } of all) {
      writing.objectStore('photos').put({ ...record, owner })
      writing.objectStore('contents').put({ photo: record.id, content: Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0)).buffer })
    }
    await new Promise((resolve, reject) => { writing.oncomplete = resolve; writing.onerror = () => reject(writing.error) })
    database.close()
  }, { item, shots })
  return id
}

/** Takes the bytes of a report's first photo away, as a browser does that needs the room. */
export async function lose(page, id) {
  await page.evaluate(async (item) => {
    const asked = (request) => new Promise((resolve, reject) => { request.onsuccess = () => resolve(request.result); request.onerror = () => reject(request.error) })
    const database = await asked(indexedDB.open('zhoubian-outbox'))
    const writing = database.transaction(['photos', 'contents'], 'readwrite')
    const [photo] = await asked(writing.objectStore('photos').index('item').getAll(item))
    await asked(writing.objectStore('contents').delete(photo.id))
    database.close()
  }, id)
}

/** Waits until the browser has noticed that there is no room: it remembers for half a minute that there was. */
export async function isFull(page) {
  const tried = () => page.evaluate(async () => {
    const asked = (request) => new Promise((resolve, reject) => { request.onsuccess = () => resolve(request.result); request.onerror = () => reject(request.error) })
    const database = await asked(indexedDB.open('zhoubian-outbox'))
    const writing = database.transaction('leases', 'readwrite')
    writing.objectStore('leases').put({ name: 'is there room', holder: '', until: 0 })
    const full = await new Promise((resolve) => { writing.oncomplete = () => resolve(false); writing.onabort = () => resolve(true) })
    database.close()
    return full
  })
  for (let i = 0; i < 60; i++) {
    if (await tried()) return
    await page.waitForTimeout(1_000)
  }
  throw new Error('the browser does not mind that there is no room')
}

/** Waits until the outbox shows so many items in this state. */
export async function shows(page, state, count) {
  await page.waitForFunction(([wanted, many]) => document.querySelectorAll(`[data-testid=outbox-item][data-state=${wanted}]`).length === many, [state, count])
}

/** A person at the server's own door. */
export class Person {
  constructor(base, token) {
    this.api = `${base}/api/v1`
    this.token = token
  }

  static async signIn(base, login, password) {
    const headers = { 'Content-Type': 'application/json' }
    const answer = await fetch(`${base}/api/v1/sessions`, { method: 'POST', headers, body: JSON.stringify({ login, password, device: 'walk' }) })
    must(answer.ok, `${login} cannot sign in: ${answer.status}`)
    return new Person(base, (await answer.json()).access_token)
  }

  /** The receipt of a report as things stand; null when the server does not have it. */
  async report(id) {
    const answer = await fetch(`${this.api}/reports/${id}`, { headers: { Authorization: `Bearer ${this.token}` } })
    return answer.ok ? (await answer.json()).receipt : null
  }

  /** Fails unless the server has all of these reports wholly. */
  async has(ids) {
    for (const id of ids) {
      const receipt = await this.report(id)
      must(receipt?.complete === true, `${id} is not wholly there: ${JSON.stringify(receipt)}`)
    }
  }
}
