/*
 * 缓办 and 挂账: a bureau asks for an issue to be shelved, two persons of the office decide at the desk, it stands in
 * the ledger with its cost, is reviewed, and is taken up again.
 *
 *   BASE_URL=… PASSWORD=… LEAD=huanwei FIRST=office SECOND=watch ISSUE=… NOW=… node tests/browser/suspension.mjs
 *
 * ISSUE is accepted by LEAD, whose login is its code. NOW is the server's time in seconds since 1970.
 */
import { takeTurns } from './pages.mjs'
import { at, fits, must, needs, shot, walk } from './walk.mjs'

const [base, password, LEAD, FIRST, SECOND, ISSUE, NOW] = needs('BASE_URL', 'PASSWORD', 'LEAD', 'FIRST', 'SECOND', 'ISSUE', 'NOW')
const FORM = Buffer.from(process.env.FORM ?? '', 'base64')

const as = takeTurns({ base, password, now: NOW })

async function asks(page) {
  at('the bureau asks for it to be shelved, with its cost and the stamped form')
  await page.goto(`${base}/issues/${ISSUE}`)
  await page.getByTestId('command-shelve').click()
  await page.getByTestId('field-cost').fill('386,000')
  await page.getByTestId('field-reason-text').fill('须列入明年预算')
  await page.getByTestId('confirm').click()
  await page.getByTestId('missing').waitFor()
  await page.locator('input[type=file]').first().setInputFiles({ name: 'form.jpg', mimeType: 'image/jpeg', buffer: FORM })
  await shot(page, 'ask')
  await fits(page)
  await page.getByTestId('confirm').click()
  const card = page.getByTestId('requests')
  await card.waitFor()
  must((await card.innerText()).includes('386,000') && (await card.innerText()).includes('待审批'), `the page says ${await card.innerText()}`)
  must((await page.getByTestId('command-defer').count()) === 0, 'a second thing can be asked for')
}

async function approves(page) {
  await page.goto(`${base}/triage`)
  await page.getByTestId('queue-request').click()
  await page.getByTestId('request-asked').waitFor()
  must((await page.getByTestId('request-asked').innerText()).includes('386,000'), 'its cost is not said')
  await fits(page)
  await page.getByTestId('verdict-yes').click()
}

async function approvesFirst(page) {
  at('the first person of the office approves')
  await approves(page)
  await page.getByTestId('request-asked').getByText('终审').waitFor()
  await shot(page, 'first')
}

async function approvesSecond(page) {
  at('the second person approves, reviews it in the ledger and finds it on its page')
  await approves(page)
  await page.getByTestId('triage-empty').waitFor()
  await page.goto(`${base}/suspensions`)
  await page.locator(`[data-testid=suspended][data-id="${ISSUE}"]`).waitFor()
  must((await page.getByTestId('totals').innerText()).includes('386,000'), 'the ledger does not add up')
  await shot(page, 'ledger')
  await fits(page)
  await page.getByTestId('kind-deferred').click()
  await page.getByTestId('empty').waitFor()
  await page.goto(`${base}/issues/${ISSUE}`)
  await page.getByTestId('command-review').click()
  await page.getByTestId('field-note').fill('资金仍未落实')
  await page.getByTestId('confirm').click()
  await page.getByTestId('suspension').getByText('资金仍未落实').waitFor()
  await shot(page, 'shelved')
  await fits(page)
}

async function resumes(page) {
  at('the bureau takes it up again')
  await page.goto(`${base}/suspensions`)
  await page.locator(`[data-testid=suspended][data-id="${ISSUE}"] a`).click()
  await page.getByTestId('suspension').getByText('386,000').waitFor()
  await shot(page, 'bureau')
  await fits(page)
  await page.getByTestId('command-resume').click()
  await page.getByTestId('field-note').fill('资金到位')
  await page.getByTestId('confirm').click()
  await page.locator('[data-testid=stage][data-stage=accepted]').waitFor()
  must((await page.getByTestId('suspension').innerText()).includes('资金仍未落实'), 'its review is forgotten')
  must((await page.getByTestId('command-rectify').count()) === 1, 'the bureau cannot work on it')
}

await walk(async (browser) => {
  await as(browser, 'desktop', LEAD, asks)
  await as(browser, 'desktop', FIRST, approvesFirst)
  await as(browser, 'small', SECOND, approvesSecond)
  await as(browser, 'small', LEAD, resumes)
})
