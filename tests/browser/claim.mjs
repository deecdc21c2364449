/*
 * 认领: a company finds what it may own under its own tab, with the time that is left, and claims it; another says
 * that it is not theirs. The office sees who was asked, offers something by hand, and the page of rules says what is
 * offered to whom.
 *
 *   BASE_URL=… PASSWORD=… CLAIMS=yidong DECLINES=guangdian OFFICE=office ISSUE=… OTHER=… UNROUTED=… NOW=… node tests/browser/claim.mjs
 *
 * ISSUE and OTHER are offered to CLAIMS and DECLINES, whose logins are codes; UNROUTED waits for the desk. NOW is the
 * server's time in seconds since 1970, where it is not ours.
 */
import { takeTurns } from './pages.mjs'
import { at, fits, must, needs, shot, walk } from './walk.mjs'

const [base, password, CLAIMS, DECLINES, OFFICE, ISSUE, OTHER, UNROUTED, NOW] = needs('BASE_URL', 'PASSWORD', 'CLAIMS', 'DECLINES', 'OFFICE', 'ISSUE', 'OTHER', 'UNROUTED', 'NOW')

const as = takeTurns({ base, password, now: NOW })

async function declines(page) {
  at('a company sees what it is asked about, and says that it is not theirs')
  await page.goto(`${base}/issues`)
  await page.getByTestId('tab-claim').click()
  const row = page.locator(`[data-testid=issue-row][data-id="${ISSUE}"]`)
  await row.getByTestId('mark-claimable').getByText(/[56] 小时/).waitFor()
  must((await row.getByTestId('helping').count()) === 0, 'whoever is asked is told that it helps')
  await shot(page, 'tab')
  await fits(page)
  await row.click()
  await page.getByTestId('offer').waitFor()
  await shot(page, 'offered')
  await fits(page)
  await page.getByTestId('command-decline-claim').click()
  await page.getByTestId('confirm').click()
  await page.getByTestId('missing').waitFor()
  await page.getByTestId('field-reason-text').fill('我公司线缆均挂红色标牌')
  await shot(page, 'decline')
  await page.getByTestId('confirm').click()
  await page.locator(`[data-testid=candidate-${DECLINES}][data-declined=true]`).getByText('我公司线缆均挂红色标牌').waitFor()
  await page.goto(`${base}/issues`)
  await page.locator('[data-testid=tab-claim] .n', { hasText: '1' }).waitFor()
}

async function claims(page) {
  at('another claims it: it leads and has accepted it')
  await page.goto(`${base}/issues`)
  await page.locator('[data-testid=tab-claim] .n', { hasText: '2' }).waitFor()
  await page.getByTestId('tab-claim').click()
  await page.locator(`[data-testid=issue-row][data-id="${ISSUE}"]`).click()
  await page.getByTestId('command-claim').click()
  await shot(page, 'claim')
  await page.getByTestId('confirm').click()
  await page.getByTestId('command-set-task').waitFor()
  must((await page.getByTestId('offer').count()) === 0, 'it is offered still')
  await page.getByTestId('parts').getByText('废线剪除').first().waitFor()
  await shot(page, 'claimed')
  await fits(page)
}

async function queues(page) {
  at('the queues fit a small screen')
  await page.goto(`${base}/triage?queue=offered`)
  await page.getByTestId('offer').waitFor()
  await shot(page, 'queues')
  await fits(page)
}

async function offers(page) {
  at('the office sees who was asked and what they said')
  await page.goto(`${base}/triage?queue=offered`)
  const card = page.locator(`[data-testid=triage-card][data-id="${OTHER}"]`)
  await card.getByTestId('offer').waitFor()
  await shot(page, 'queue')
  await fits(page)

  at('it offers by hand what no rule finds a bureau for')
  await page.goto(`${base}/triage?queue=unrouted`)
  await page.locator(`[data-testid=triage-card][data-id="${UNROUTED}"]`).waitFor()
  await page.getByTestId('triage-offer').click()
  for (const name of ['供电', '移动']) {
    await page.getByTestId('candidates').fill(name)
    await page.getByTestId('candidates-options').getByRole('option').first().click()
  }
  await page.getByTestId('field-within').fill('2')
  await page.getByTestId('field-reason-text').fill('井盖上无标识，请辨认')
  await shot(page, 'offer')
  await fits(page)
  await page.getByTestId('confirm').click()
  await page.getByTestId('triage-last').waitFor()
  await page.goto(`${base}/issues/${UNROUTED}`)
  await page.getByTestId('offer').getByText('井盖上无标识，请辨认').waitFor()
  await shot(page, 'by-hand')

  at('the page of rules says what is offered to whom')
  await page.goto(`${base}/rules`)
  await page.getByTestId('offers').getByText('线缆认领').waitFor()
  await page.getByTestId('offers').scrollIntoViewIfNeeded()
  await shot(page, 'rules')
  await fits(page)
}

await walk(async (browser) => {
  await as(browser, 'small', DECLINES, declines)
  await as(browser, 'phone', CLAIMS, claims)
  await as(browser, 'small', OFFICE, queues)
  await as(browser, 'desktop', OFFICE, offers)
})
