/*
 * One walk through the pages in a real browser: sign in, see the list, open an issue, see its map
 * and its timeline, accept it when that is allowed.
 *
 *   BASE_URL=http://127.0.0.1:8080 LOGIN=chengguan PASSWORD=… node tests-browser/issue-list.mjs
 *
 * CHROMIUM names the browser (default /usr/bin/chromium); SHOTS a folder for pictures.
 * Exits 0 when every step held, 1 with the step's name when one did not, 2 when it was not set up.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { chromium } from 'playwright-core'

const { BASE_URL, LOGIN, PASSWORD, CHROMIUM = '/usr/bin/chromium', SHOTS } = process.env
if (!BASE_URL || !LOGIN || !PASSWORD) {
  process.stderr.write('BASE_URL, LOGIN and PASSWORD must be set\n')
  process.exit(2)
}

let step = 'starting the browser'
const troubles = []

function at(name) {
  step = name
  process.stdout.write(`- ${name}\n`)
}

function must(holds, what) {
  if (!holds) throw new Error(what)
}

async function shot(page, name) {
  if (!SHOTS) return
  mkdirSync(SHOTS, { recursive: true })
  await page.screenshot({ path: join(SHOTS, `${name}.png`) })
}

/** Anything the browser complains about is a failure: a broken content policy shows here. */
function listen(page) {
  page.on('pageerror', (error) => troubles.push(`script error: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' && /Content.Security.Policy|violates/i.test(message.text())) troubles.push(message.text())
  })
}

async function signIn(page) {
  at('an address that needs a session leads to the sign-in page')
  await page.goto(`${BASE_URL}/issues`)
  await page.waitForURL('**/signin**')
  must((await page.getByTestId('login').inputValue()) === '', 'the sign-in page came prefilled')

  at('a wrong password is explained')
  await page.getByTestId('login').fill(LOGIN)
  await page.getByTestId('password').fill(`not-${PASSWORD}`)
  await page.getByTestId('submit').click()
  await page.locator('[data-testid=problem][data-code=credentials-invalid]').waitFor()

  at('the right password opens the list')
  await page.getByTestId('password').fill(PASSWORD)
  await page.getByTestId('submit').click()
  // By path: the sign-in page's own address ends in `next=/issues` too.
  await page.waitForURL((url) => url.pathname === '/issues')
}

async function seeList(page) {
  at('the list shows issues')
  const rows = page.getByTestId('issue-row')
  await rows.first().waitFor()
  await shot(page, 'list')

  at('a reload keeps the session')
  await page.reload()
  await rows.first().waitFor()

  at('a filter goes into the address')
  await page.getByTestId('filter-text').fill('zz-nothing-is-called-this')
  await page.getByTestId('search').click()
  await page.waitForURL('**/issues?text=*')
  await page.getByTestId('empty').waitFor()
  await page.goto(`${BASE_URL}/issues?stage=dispatched`)
  await Promise.race([rows.first().waitFor(), page.getByTestId('empty').waitFor()])
  if ((await rows.count()) === 0) {
    await page.goto(`${BASE_URL}/issues`)
    await rows.first().waitFor()
  }
}

async function seeIssue(page) {
  at('a row opens its issue')
  await page.getByTestId('issue-row').first().click()
  await page.waitForURL(/\/issues\/\d+$/)
  await page.getByTestId('issue').waitFor()

  at('the timeline tells what happened')
  await page.getByTestId('event').first().waitFor()

  at('the map is drawn')
  await page.locator('[data-testid=map][data-drawn=true] canvas').waitFor({ timeout: 30_000 })
  await shot(page, 'issue')
}

async function accept(page) {
  const button = page.getByTestId('command-accept')
  if ((await button.count()) === 0) {
    at('accepting is not allowed here: left alone')
    return
  }
  at('accepting moves the issue on')
  const before = await page.getByTestId('event').count()
  await button.click()
  await page.getByTestId('confirm').click()
  await page.locator('[data-testid=issue] [data-testid=stage][data-stage=accepted]').waitFor()
  must((await page.getByTestId('event').count()) > before, 'accepting left no event in the timeline')
  await shot(page, 'accepted')
}

async function signOut(page) {
  at('signing out ends the session')
  await page.getByTestId('sign-out').click()
  await page.waitForURL('**/signin**')
  await page.goto(`${BASE_URL}/issues`)
  await page.waitForURL('**/signin**')
}

const browser = await chromium.launch({
  executablePath: CHROMIUM,
  args: ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
})
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, locale: 'zh-CN' })
  page.setDefaultTimeout(15_000)
  listen(page)
  await signIn(page)
  await seeList(page)
  await seeIssue(page)
  await accept(page)
  await signOut(page)
  must(troubles.length === 0, troubles.join('\n'))
  process.stdout.write('every step held\n')
} catch (error) {
  process.stderr.write(`FAILED at “${step}”: ${error.message}\n${troubles.join('\n')}\n`)
  process.exitCode = 1
} finally {
  await browser.close()
}
