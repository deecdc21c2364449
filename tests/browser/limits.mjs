/*
 * 时限: a bureau reads how its limit came about, and the office makes limits shorter for a time, having tried it.
 *
 *   BASE_URL=… PASSWORD=… LEAD=huanwei OFFICE=office ISSUE=… NOW=… node tests/browser/limits.mjs
 *
 * ISSUE runs, with a limit of 4工作时, and LEAD's login is its code. NOW is the server's time in seconds since 1970.
 */
import { takeTurns } from './pages.mjs'
import { at, fits, must, needs, shot, walk } from './walk.mjs'

const [base, password, LEAD, OFFICE, ISSUE, NOW] = needs('BASE_URL', 'PASSWORD', 'LEAD', 'OFFICE', 'ISSUE', 'NOW')

const as = takeTurns({ base, password, now: NOW })

async function reads(page) {
  at('the bureau reads how its limit came about')
  await page.goto(`${base}/issues/${ISSUE}`)
  const how = page.getByTestId('limit-explained')
  await how.locator('summary').click()
  const words = await page.getByTestId('limit-words').innerText()
  must(words.includes('起算') && words.includes('4 工作时') && words.includes('到期'), `the page says ${words}`)
  must((await page.getByTestId('limit-segment').count()) >= 3, 'lunch is no stretch of its own')
  await fits(page)
  await how.scrollIntoViewIfNeeded()
  await shot(page, 'explained')
}

async function sets(page) {
  at('the office tries shorter limits and puts them in force')
  await page.goto(`${base}/limits`)
  await page.getByTestId('period-add').click()
  await page.getByTestId('period-name').fill('省级测评迎检')
  await page.getByTestId('period-percent').fill('25')
  await page.getByTestId('period-try').click()
  const tried = page.getByTestId('period-tried')
  await tried.waitFor()
  must(/1 件的时限将提前/.test(await tried.innerText()), `it says ${await tried.innerText()}`)
  await fits(page)
  await shot(page, 'tried')
  await page.getByTestId('period-save').click()
  await page.locator('[data-testid=period][data-state=now]').waitFor()
  await shot(page, 'set')
}

async function ends(page) {
  at('on a telephone the office ends them before their time')
  await page.goto(`${base}/limits`)
  await page.locator('[data-testid=period][data-state=now]').waitFor()
  await fits(page)
  await shot(page, 'small')
  await page.getByTestId('period-stop').click()
  await page.getByTestId('period-stop-sure').click()
  await page.locator('[data-testid=period][data-state=over]').waitFor()
}

await walk(async (browser) => {
  await as(browser, 'small', LEAD, reads)
  await as(browser, 'desktop', OFFICE, sets)
  await as(browser, 'small', OFFICE, ends)
})
