/*
 * A bureau's day at its desk: a list of sixty, worked by the keyboard and in bulk while colleagues and
 * inspectors go on; a return, a rectification with photos, figures, exports, print.
 *
 *   BASE_URL=… LOGIN=huanwei PASSWORD=… NOW=… node tests/browser/bureau.mjs
 *
 * LOGIN is a bureau's account with sixty issues that wait to be accepted. At the step that names a
 * new report, one more is to arrive for it. NOW is the server's time in seconds since 1970, where it is not ours.
 */
import { readFile } from 'node:fs/promises'
import { Buffer } from 'node:buffer'
import process from 'node:process'
import { at, atStep, fits, livesAt, must, needs, shot, visit, walk } from './walk.mjs'

const [BASE_URL, LOGIN, PASSWORD] = needs('BASE_URL', 'LOGIN', 'PASSWORD')
const ITEMS = 60

/** Refusals that a step's name announces, and photos whose renditions are still to be made. */
const refused = (message) => /refused/.test(atStep()) || /\/(thumbnail|large)$/.test(message.location().url)

const rows = (page) => page.getByTestId('issue-row')
const row = (page, id) => page.locator(`[data-testid=issue-row][data-id="${id}"]`)
const idOf = async (locator) => Number(await locator.getAttribute('data-id'))
const focused = (page) => page.evaluate(() => Number(document.activeElement?.getAttribute('data-id')))

/** A colleague's computer: the same bureau by the API alone. */
async function colleague() {
  const headers = { 'Content-Type': 'application/json' }
  const body = JSON.stringify({ login: LOGIN, password: PASSWORD, device: 'colleague' })
  const session = await (await fetch(`${BASE_URL}/api/v1/sessions`, { method: 'POST', headers, body })).json()
  headers.Authorization = `Bearer ${session.access_token}`
  return {
    async accepts(id) {
      const seen = await fetch(`${BASE_URL}/api/v1/issues/${id}`, { headers })
      const command = JSON.stringify({ command_id: crypto.randomUUID() })
      const done = await fetch(`${BASE_URL}/api/v1/issues/${id}:accept`, { method: 'POST', headers: { ...headers, 'If-Match': seen.headers.get('ETag') }, body: command })
      must(done.status === 200, `the colleague could not accept ${id}: ${done.status}`)
    },
  }
}

async function signIn(page) {
  at('a bureau lands on its list, the nearest limit first')
  await page.goto(BASE_URL)
  await page.getByTestId('login').fill(LOGIN)
  await page.getByTestId('password').fill(PASSWORD)
  await page.getByTestId('submit').click()
  await page.waitForURL((url) => url.pathname === '/issues')
  await rows(page).first().waitFor()
  const due = await page.locator('[data-testid=issue-list] [data-testid=due] time').evaluateAll((all) => all.map((time) => time.dateTime))
  must(due.length >= ITEMS && due.every((limit, n) => n === 0 || due[n - 1] <= limit), 'not in the order of the limits')
  await page.locator('[data-testid=tab-accept]', { hasText: String(ITEMS) }).waitFor()
  await page.locator('[data-testid=live][data-hearing=live]').waitFor()
  await fits(page)
  await shot(page, 'list')
}

async function useKeys(page) {
  at('the keyboard goes through the list, ticks, and explains itself')
  await page.keyboard.press('j')
  const first = await focused(page)
  must(first === (await idOf(rows(page).first())), 'j does not begin at the first row')
  await page.keyboard.press('x')
  await page.keyboard.press('j')
  must((await focused(page)) !== first, 'j does not go on')
  await page.keyboard.press('k')
  must((await focused(page)) === first, 'k does not go back')
  must((await page.locator('[data-testid=tick]:checked').count()) === 1, 'x does not tick')
  await page.keyboard.press('?')
  await page.getByTestId('keys-help').waitFor()
  await shot(page, 'keys')
  await page.keyboard.press('Escape')
  await page.getByTestId('keys-help').waitFor({ state: 'hidden' })

  at('Enter opens the issue, and back is where one was')
  await row(page, first).focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(`**/issues/${first}`)
  await page.getByTestId('issue').waitFor()
  await page.getByTestId('back').click()
  await page.waitForURL((url) => url.pathname === '/issues')
  await rows(page).first().waitFor()
  await page.keyboard.press('Escape')

  at('what is typed into the search is no command')
  await page.keyboard.press('/')
  await page.keyboard.type('jax')
  must((await page.getByTestId('filter-text').inputValue()) === 'jax', 'the keys of a word went elsewhere')
  await page.getByTestId('filter-text').fill('')
}

async function acceptMany(page, other) {
  at('ten are accepted at once, and one that a colleague took meanwhile is refused by name')
  for (let n = 0; n < 10; n += 1) await page.getByTestId('tick').nth(n).check()
  const taken = await idOf(rows(page).nth(4))
  await page.getByTestId('bulk-accept').click()
  await page.getByTestId('bulk-dialog').waitFor()
  await other.accepts(taken)
  await page.getByTestId('confirm-bulk').click()
  const outcome = page.locator('[data-testid=bulk-outcome][data-running=false]')
  await outcome.waitFor()
  must((await outcome.getAttribute('data-done')) === '9' && (await outcome.getAttribute('data-failed')) === '1', `not nine and one: ${await outcome.innerText()}`)
  must((await idOf(page.getByTestId('bulk-refused'))) === taken, 'another one was refused')
  must(/[\u4e00-\u9fff]/.test(await page.getByTestId('bulk-refused').innerText()), 'the refusal is not told in Chinese')
  await page.getByTestId('row-refused').waitFor()
  await fits(page)
  await shot(page, 'bulk')
  must((await page.locator('[data-testid=issue-row][data-stage=accepted]').count()) === 10, 'the rows do not show what became of them')
  await page.getByTestId('bulk-close').click()
  await page.getByTestId('clear-selection').click()
}

async function giveBack(page) {
  at('one is returned with its reason while that is still possible')
  await page.getByTestId('tab-accept').click()
  await page.waitForURL('**/issues?stage=*')
  await page.waitForFunction(() => document.querySelectorAll('[data-testid=issue-row]:not([data-stage=dispatched])').length === 0)
  await page.keyboard.press('j')
  const id = await focused(page)
  await page.keyboard.press('r')
  await page.getByTestId('confirm-bulk').click()
  await page.getByRole('alert').first().waitFor()
  await page.getByTestId('field-reason').locator('label').first().click()
  await page.getByTestId('field-note').fill('该路段由街道保洁')
  await page.getByTestId('confirm-bulk').click()
  await page.locator('[data-testid=bulk-outcome][data-done="1"][data-failed="0"]').waitFor()
  await page.locator(`[data-testid=issue-row][data-id="${id}"][data-left=true]`).waitFor()
  await page.getByTestId('bulk-close').click()
  return id
}

async function hearOthers(page, other) {
  at('what a colleague does shows in its row, and no row moves')
  const order = () => rows(page).evaluateAll((all) => all.map((one) => one.getAttribute('data-id')).join())
  const before = await order()
  const id = await idOf(rows(page).nth(5))
  await other.accepts(id)
  await page.locator(`[data-testid=issue-row][data-id="${id}"][data-stage=accepted]`).waitFor()
  must((await order()) === before, 'the rows changed places under the hand')

  at('a new report arrives, and waits until it is asked for')
  const newer = page.getByTestId('newer')
  await newer.waitFor()
  must((await newer.getAttribute('data-n')) === '1' && (await order()) === before, 'it jumped into the list')
  await shot(page, 'newer')
  await newer.click()
  await newer.waitFor({ state: 'detached' })
  must((await order()) !== before, 'it does not show when asked for')
}

/** A picture as large as a camera's: noise, which does not compress. */
function picture(page, width, height) {
  return page.evaluate(([w, h]) => new Promise((resolve) => {
    const canvas = Object.assign(document.createElement('canvas'), { width: w, height: h })
    const context = canvas.getContext('2d')
    const image = context.createImageData(w, h)
    for (let n = 0; n < image.data.length; n += 1) image.data[n] = n % 4 === 3 ? 255 : Math.random() * 255
    context.putImageData(image, 0, 0)
    canvas.toBlob((blob) => {
      const reader = new FileReader()
      reader.onload = () => resolve(reader.result.split(',')[1])
      reader.readAsDataURL(blob)
    }, 'image/jpeg', 0.9)
  }), [width, height])
}

/** Brings a file as the clipboard or a drop does. */
function bring(page, kind, base64) {
  return page.evaluate(([event, encoded]) => {
    const bytes = Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0))
    const data = new DataTransfer()
    data.items.add(new File([bytes], `${event}.jpg`, { type: 'image/jpeg' }))
    const made = event === 'paste' ? new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
      : new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true })
    document.querySelector('[data-testid=photo-picker]').dispatchEvent(made)
  }, [kind, base64])
}

async function rectify(page) {
  at('an issue is rectified with photos chosen, pasted and dropped, the large one in parts')
  await page.goto(`${BASE_URL}/issues?stage=accepted`)
  const id = await idOf(rows(page).first())
  await page.goto(`${BASE_URL}/issues/${id}`)
  await page.getByTestId('command-rectify').waitFor()
  await page.keyboard.press('e')
  const picker = page.getByTestId('photo-picker')
  await picker.waitFor()
  const parts = []
  page.on('request', (request) => { if (request.method() === 'PATCH' && request.url().includes('/uploads/')) parts.push(request.url()) })
  const large = Buffer.from(await picture(page, 1600, 1200), 'base64')
  must(large.length > 1_000_000, `the large picture has ${large.length} bytes only`)
  await page.getByTestId('photo-input').setInputFiles({ name: 'after.jpg', mimeType: 'image/jpeg', buffer: large })
  await picker.locator('img').first().waitFor()
  await bring(page, 'paste', await picture(page, 64, 48))
  await picker.locator('img').nth(1).waitFor()
  await bring(page, 'drop', await picture(page, 72, 54))
  await picker.locator('img').nth(2).waitFor()
  await page.getByTestId('field-note').fill('已清运')
  await shot(page, 'rectify')
  await page.getByTestId('confirm').click()
  await page.locator('[data-testid=issue] [data-testid=stage][data-stage=rectified]').waitFor()
  must(parts.length > 1, `the large photo went in ${parts.length} parts`)
  await page.waitForFunction(() => document.querySelectorAll('[data-testid=photos-after] [data-testid=photo]').length === 3)

  at('the clock is explained stretch by stretch, and the route by what it was chosen by')
  const waits = await page.getByTestId('segment').evaluateAll((all) => all.map((one) => one.getAttribute('data-waiting')))
  must(waits.at(-1) === 'verifying', `the clock says ${waits}`)
  must((await page.getByTestId('route-how').innerText()).includes('规则'), 'the route does not name its rule')
  await fits(page)
  await shot(page, 'issue')
  return id
}

async function seeFigures(page) {
  at('figures state what they are made of, and lead to the issues that are open')
  await page.getByTestId('nav-figures').click()
  await page.getByTestId('figures').waitFor()
  const percents = await page.getByTestId('rate').evaluateAll((all) => all.map((one) => one.getAttribute('data-percent')))
  must(percents.length === 6, `rates: ${percents}`)
  const open = page.getByTestId('open-ones').first()
  if ((await open.count()) > 0) {
    const count = Number(await open.innerText())
    await open.click()
    await page.waitForURL('**/issues?*')
    await page.locator('[data-testid=count]', { hasText: `${count} 件` }).waitFor()
  }
  await page.goto(`${BASE_URL}/figures?period=lastMonth`)
  await page.getByTestId('figures').waitFor()
  await fits(page)
  await shot(page, 'figures')
}

async function takeAlong(page) {
  at('the list is saved for Excel, and as CSV that Excel reads as Chinese')
  await page.goto(`${BASE_URL}/issues?stage=accepted`)
  await rows(page).first().waitFor()
  const saved = async (name) => {
    await page.getByTestId('export').click()
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId(name).click()])
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) }
  }
  const csv = await saved('save-csv')
  must(csv.name.endsWith('.csv') && csv.bytes.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf])), `${csv.name} does not begin as UTF-8 with its mark`)
  const lines = csv.bytes.toString('utf8').trim().split('\n').length - 1
  must(lines === (await rows(page).count()), `${lines} lines for ${await rows(page).count()} rows`)
  const xlsx = await saved('save-xlsx')
  must(xlsx.name.endsWith('.xlsx') && xlsx.bytes.subarray(0, 2).toString() === 'PK', `${xlsx.name} is no workbook`)

  at('on paper there is the list and nothing to press')
  await page.emulateMedia({ media: 'print' })
  for (const gone of ['nav', 'bulk-bar', 'refresh', 'search']) must(!(await page.getByTestId(gone).first().isVisible()), `${gone} is printed`)
  must(await rows(page).first().isVisible(), 'the list is not printed')
  await shot(page, 'print')
  await page.emulateMedia({ media: null })
}

async function onTelephone(browser, id) {
  const page = await visit(browser, 'small', refused)
  if (process.env.NOW) await livesAt(page, process.env.NOW)
  at('the same on a telephone: the list, the navigation, the issue')
  await page.goto(`${BASE_URL}/issues`)
  await page.getByTestId('login').fill(LOGIN)
  await page.getByTestId('password').fill(PASSWORD)
  await page.getByTestId('submit').click()
  await rows(page).first().waitFor()
  await fits(page)
  await page.getByTestId('tick').first().check()
  await fits(page)
  await shot(page, 'list')
  await page.getByTestId('open-nav').click()
  await page.locator('dialog [data-testid=nav-figures]').click()
  await page.getByTestId('figures').waitFor()
  await fits(page)
  await page.goto(`${BASE_URL}/issues/${id}`)
  await page.getByTestId('clock').waitFor()
  await fits(page)
  await shot(page, 'issue')
}

await walk(async (browser) => {
  const page = await visit(browser, 'desktop', refused)
  if (process.env.NOW) await livesAt(page, process.env.NOW)
  const other = await colleague()
  await signIn(page)
  await useKeys(page)
  await acceptMany(page, other)
  await giveBack(page)
  await hearOthers(page, other)
  const id = await rectify(page)
  await seeFigures(page)
  await takeAlong(page)
  await onTelephone(browser, id)
})
