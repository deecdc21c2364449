/*
 * 延期: a bureau asks for more time on its issue's page, two persons of the office decide at the desk, and
 * the page tells both limits and who was for it.
 *
 *   BASE_URL=… PASSWORD=… LEAD=huanwei FIRST=office SECOND=watch ISSUE=… NOW=… UNTIL=2026-11-20T18:00 node tests/browser/extension.mjs
 *
 * ISSUE is accepted by LEAD, whose login is its code; UNTIL is later than its limit. NOW is the server's time in
 * seconds since 1970, where it is not ours.
 */
import { takeTurns } from './pages.mjs'
import { at, fits, must, needs, shot, walk } from './walk.mjs'

const [base, password, LEAD, FIRST, SECOND, ISSUE, NOW, UNTIL] = needs('BASE_URL', 'PASSWORD', 'LEAD', 'FIRST', 'SECOND', 'ISSUE', 'NOW', 'UNTIL')
const SAID = `${UNTIL.slice(5, 10)} ${UNTIL.slice(11)}`

const as = takeTurns({ base, password, now: NOW })

async function asks(page) {
  at('the bureau asks for more time, with its reason')
  await page.goto(`${base}/issues/${ISSUE}`)
  await page.getByTestId('command-extend').click()
  await page.getByTestId('confirm').click()
  await page.getByTestId('missing').waitFor()
  await page.getByTestId('field-until').fill(UNTIL)
  await page.getByTestId('field-reason-text').fill('配件后天到货')
  await shot(page, 'ask')
  await fits(page)
  await page.getByTestId('confirm').click()
  const card = page.getByTestId('requests')
  await card.waitFor()
  must((await card.innerText()).includes(SAID) && (await card.innerText()).includes('待审批'), `the page says ${await card.innerText()}`)
  must((await page.getByTestId('command-extend').count()) === 0, 'it can be asked for twice')
  await page.goto(`${base}/issues`)
  await page.locator(`[data-testid=issue-row][data-id="${ISSUE}"]`, { hasText: '申请待审' }).waitFor()
}

async function queued(page) {
  await page.goto(`${base}/triage`)
  await page.locator('[data-testid=tally-request]', { hasText: '1' }).waitFor()
  await page.getByTestId('queue-request').click()
  await page.getByTestId('verdict-request').waitFor()
  must((await page.getByTestId('request-asked').innerText()).includes(SAID), 'it is not said until when')
  await fits(page)
}

async function approvesFirst(page) {
  at('the first person of the office approves, and cannot approve again')
  await queued(page)
  await page.getByTestId('verdict-no').click()
  await page.getByRole('alert').first().waitFor()
  await shot(page, 'first')
  await page.getByTestId('verdict-yes').click()
  await page.getByTestId('request-asked').getByText('终审').waitFor()
  await page.getByTestId('verdict-yes').click()
  await page.getByText('初审和终审不能是同一个人').waitFor()
}

async function approvesSecond(page) {
  at('the second person approves, and the queue is empty')
  await queued(page)
  await page.getByTestId('verdict-yes').click()
  await page.getByTestId('triage-empty').waitFor()
}

async function sees(page) {
  at('the bureau sees both limits and who was for it')
  await page.goto(`${base}/issues/${ISSUE}`)
  const card = page.getByTestId('requests')
  await card.getByText('终审同意').waitFor()
  must((await page.getByTestId('clock').innerText()).includes('首次时限'), 'the first limit is not told')
  await shot(page, 'granted')
  await fits(page)
  await page.goto(`${base}/issues`)
  await page.locator(`[data-testid=issue-row][data-id="${ISSUE}"]`, { hasText: '已延期' }).waitFor()
}

await walk(async (browser) => {
  await as(browser, 'desktop', LEAD, asks)
  await as(browser, 'desktop', FIRST, approvesFirst)
  await as(browser, 'small', SECOND, approvesSecond)
  await as(browser, 'small', LEAD, sees)
})
