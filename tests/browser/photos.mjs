/*
 * One walk through an issue's photos: of five one is good, one doubtful, one unreadable, one waits to
 * be looked at by the server and one has not arrived.
 *
 *   BASE_URL=… LOGIN=huanwei PASSWORD=… ISSUE=1 node tests/browser/photos.mjs
 */
import { readFile } from 'node:fs/promises'
import { at, fits, must, needs, shot, visit, walk } from './walk.mjs'

const [BASE_URL, LOGIN, PASSWORD, ISSUE] = needs('BASE_URL', 'LOGIN', 'PASSWORD', 'ISSUE')

/** A rendition that is still to be made is a 404 with a time to come back. */
const refused = (message) => message.location().url.endsWith('/thumbnail') || message.location().url.endsWith('/watermarked')

const photo = (page, state) => page.locator(`[data-testid=photo][data-state=${state}]`)

async function openIssue(page) {
  at('the photos of an issue are shown as far as they have come')
  await page.goto(`${BASE_URL}/issues/${ISSUE}`)
  await page.getByTestId('login').fill(LOGIN)
  await page.getByTestId('password').fill(PASSWORD)
  await page.getByTestId('submit').click()
  await page.getByTestId('issue').waitFor()
  await photo(page, 'ready').first().locator('img').waitFor()
  const count = async (state) => photo(page, state).count()
  must((await count('ready')) === 2 && (await count('unreadable')) === 1 && (await count('announced')) === 1, 'not two ready, one unreadable, one to come')
  must((await count('stored')) === 1, 'none is being prepared')
  must((await page.getByTestId('photo-count').innerText()).startsWith('已到 4/5 张，1 张无法读取'), 'the photos are counted wrongly')
}

async function readRemarks(page) {
  at('what is wrong with photos is told in words')
  must((await page.getByTestId('photo-mark').count()) === 1, 'the doubtful photo bears no mark, or others do')
  const remarks = await page.getByTestId('photo-remarks').innerText()
  must(remarks.includes('位置') && remarks.includes('时间'), `the doubts are not told: ${remarks}`)
  must(remarks.includes('重新拍摄'), `what to do about the unreadable photo is not told: ${remarks}`)
  for (const kind of ['photo_unreadable', 'photo_flagged']) {
    const told = await page.locator(`[data-testid=event][data-kind=${kind}]`).innerText()
    must(/照片/.test(told), `${kind} is not told in Chinese: ${told}`)
  }
  await fits(page)
  await shot(page, 'photos')
}

async function seeLarge(page) {
  at('a thumbnail opens the large picture, by the keyboard too')
  const thumb = page.getByTestId('open-photo').first()
  await thumb.focus()
  await page.keyboard.press('Enter')
  const large = page.getByTestId('large')
  await large.waitFor()
  must(await large.evaluate((image) => image.decode().then(() => image.naturalWidth > 320)), 'the large picture is no larger than the small one')
  await fits(page)
  await shot(page, 'photo-large')

  at('the original is saved byte for byte, and the watermarked one as a picture')
  const [original] = await Promise.all([page.waitForEvent('download'), page.getByTestId('save-original').click()])
  const bytes = await readFile(await original.path())
  must(bytes.subarray(0, 2).equals(Buffer.from([0xff, 0xd8])), 'the original is no JPEG')
  const [watermarked] = await Promise.all([page.waitForEvent('download'), page.getByTestId('save-watermarked').click()])
  const drawn = await readFile(await watermarked.path())
  must(drawn.subarray(0, 2).equals(Buffer.from([0xff, 0xd8])) && !drawn.equals(bytes), 'the watermarked photo is no other picture')
  await page.keyboard.press('Escape')
  await large.waitFor({ state: 'detached' })
}

async function waitForLast(page) {
  at('a photo that is being prepared appears by itself')
  await photo(page, 'stored').waitFor({ state: 'detached' })
  must((await photo(page, 'ready').count()) === 3, 'the photo prepared last is not ready')
  await page.waitForFunction(() => document.querySelectorAll('[data-testid=photo][data-shown=true]').length === 3)
}

await walk(async (browser) => {
  const page = await visit(browser, 'small', refused)
  await openIssue(page)
  await readRemarks(page)
  await seeLarge(page)
  await waitForLast(page)
})
