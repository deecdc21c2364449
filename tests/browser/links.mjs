/*
 * 链接: a bureau makes a link for a property manager, who opens it on a telephone without an account, photographs and
 * sends; the bureau takes the photo over into its rectification, and takes the link back.
 *
 *   BASE_URL=… PASSWORD=… LEAD=huanwei ISSUE=… NOW=… LAT=… LON=… node tests/browser/links.mjs
 *
 * ISSUE is accepted by LEAD, whose login is its code, and lies at LAT, LON. NOW is the server's time in seconds since
 * 1970. Whoever runs it has photos looked at when the step “the photo is looked at” begins.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { signIn } from './pages.mjs'
import { at, fits, livesAt, must, needs, shot, visit, walk } from './walk.mjs'

const [base, password, LEAD, ISSUE, NOW, LAT, LON] = needs('BASE_URL', 'PASSWORD', 'LEAD', 'ISSUE', 'NOW', 'LAT', 'LON')
/** Handed to the page past its content policy, which would not let it load. */
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** The browser calls a refusal an error; a rendition may still be made. */
const refused = (message) => /status of 4\d\d/.test(message.text()) || /\/(thumbnail|large)$/.test(message.location().url)

/** Nothing keeps anybody out: WCAG, and a contrast of 7 : 1. */
async function isSound(page, within) {
  await page.evaluate(AXE)
  const found = await page.evaluate((selector) => window.axe.run(selector, { runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag2aaa'] } }), within)
  const wrong = found.violations.flatMap((one) => one.nodes.slice(0, 3).map((node) => `${one.id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`))
  must(wrong.length === 0, wrong.join('\n'))
  await fits(page)
}

/** A picture that nobody has sent before, as a camera would write it. */
async function picture(page) {
  const bytes = await page.evaluate(async () => {
    const canvas = document.createElement('canvas')
    canvas.width = 640
    canvas.height = 480
    const pen = canvas.getContext('2d')
    for (let n = 0; n < 400; n += 1) {
      pen.fillStyle = `hsl(${Math.random() * 360} 60% ${20 + Math.random() * 60}%)`
      pen.fillRect(Math.random() * 640, Math.random() * 480, 20 + Math.random() * 90, 20 + Math.random() * 90)
    }
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.85))
    return [...new Uint8Array(await blob.arrayBuffer())]
  })
  return { name: 'after.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(bytes) }
}

async function bureau(browser, does) {
  const page = await visit(browser, 'desktop', refused)
  await livesAt(page, Number(NOW))
  await signIn(page, base, 'console', LEAD, password)
  await page.goto(`${base}/issues/${ISSUE}`)
  await page.getByTestId('links').scrollIntoViewIfNeeded()
  const told = await does(page)
  await page.context().close()
  return told
}

async function makes(page) {
  at('the bureau makes a link, and is shown its code')
  await page.getByTestId('make-link').click()
  await page.getByText('请写明这个链接给谁用').waitFor()
  await page.getByTestId('link-for-whom').fill('万家物业 13800138000')
  await page.getByTestId('make-link').click()
  await page.getByText('不要写电话').last().waitFor()
  await page.getByTestId('link-for-whom').fill('东关万家物业')
  await page.getByTestId('link-task').fill('请安排保洁清理，清理后在原位置拍一张照片。')
  await page.getByTestId('make-link').click()
  await page.getByTestId('qr').waitFor()
  await page.getByTestId('link-shown').scrollIntoViewIfNeeded()
  await shot(page, 'links-made')
  await isSound(page, '[data-testid=links]')
  return page.getByTestId('link-url').innerText()
}

async function sends(page, url) {
  at('the property manager opens the link without an account')
  await page.goto(url)
  await page.getByTestId('guest-form').waitFor()
  const said = await page.getByTestId('guest').innerText()
  for (const word of ['东关万家物业', '请安排保洁清理', '暴露垃圾']) must(said.includes(word), `${word} is not said: ${said}`)
  await page.getByTestId('guest-picture').first().waitFor()
  await page.evaluate(() => window.scrollTo(0, 0))
  await shot(page, 'guest-opened')
  await isSound(page, 'main')
  await page.getByTestId('guest-send').click()
  await page.getByTestId('guest-empty').waitFor()

  at('what is written and taken outlives a broken line')
  await page.getByTestId('guest-camera').setInputFiles(await picture(page))
  await page.getByText('已附上拍摄位置').waitFor()
  await page.getByTestId('guest-note').fill('保洁员已清理完毕，请查看')
  await page.route('**/guest/drafts/*', (route) => route.fulfill({ status: 409, contentType: 'application/problem+json', body: JSON.stringify({ code: 'drafts-too-many', title: '', detail: '', hint: '' }) }))
  await page.getByTestId('guest-send').click()
  await page.getByTestId('guest-problem').waitFor()
  must((await page.getByTestId('guest-note').inputValue()).includes('已清理'), 'the words are gone')
  await page.getByTestId('guest-problem').scrollIntoViewIfNeeded()
  await shot(page, 'guest-failed')
  await isSound(page, 'main')
  await page.unroute('**/guest/drafts/*')

  at('it is sent, and the page says thank you')
  await page.getByTestId('guest-send').click()
  await page.getByTestId('guest-thanks').waitFor()
  await page.getByTestId('guest-sent').getByText('保洁员已清理完毕').waitFor()
  must((await page.getByTestId('guest-note').inputValue()) === '', 'the words would be sent again')
  await shot(page, 'guest-thanked')
  await isSound(page, 'main')
}

async function takesOver(page) {
  at('the bureau takes the photo over into its rectification')
  await page.getByTestId('draft-waiting').locator('[data-testid=photo][data-shown=true]').waitFor()
  await page.getByTestId('draft-waiting').scrollIntoViewIfNeeded()
  await shot(page, 'links-draft')
  await isSound(page, '[data-testid=links]')
  await page.getByTestId('command-rectify').click()
  await page.getByTestId('confirm').click()
  await page.getByTestId('missing').waitFor()
  await page.getByTestId('adopt').locator('[data-testid=photo][data-shown=true]').waitFor()
  await page.getByTestId('adopt-photo').click()
  await shot(page, 'links-adopt')
  await page.getByTestId('confirm').click()
  await page.getByTestId('draft-adopted').waitFor()
  await page.getByText('照片由外部人员通过链接发来').waitFor()
  await page.goto(`${base}/issues/${ISSUE}`)
  await page.getByTestId('link-waiting').waitFor()
  at('it takes the link back')
  await page.getByTestId('revoke-link').click()
  await page.getByTestId('revoke-sure').click()
  await page.getByTestId('link-revoked').waitFor()
}

await walk(async (browser) => {
  const url = await bureau(browser, makes)
  must(url.includes('/l#'), `the link is ${url}`)
  const guest = await visit(browser, 'small', refused, { geolocation: { latitude: Number(LAT), longitude: Number(LON), accuracy: 12 }, permissions: ['geolocation'] })
  await livesAt(guest, Number(NOW))
  await sends(guest, url)
  at('the photo is looked at')
  await guest.waitForTimeout(0)
  await guest.getByTestId('guest-sent').getByTestId('guest-picture').waitFor({ timeout: 60_000 })
  await bureau(browser, takesOver)
  at('the link says that it was taken back, and what to do')
  await guest.reload()
  await guest.getByText('链接已被收回').waitFor()
  await shot(guest, 'guest-gone')
  await isSound(guest, 'main')
  await guest.goto(`${base}/l#nonsense`)
  await guest.getByText('链接不完整或无效').waitFor()
  await guest.getByRole('button', { name: 'English' }).click()
  await guest.getByText('The link is incomplete or not good').waitFor()
})
