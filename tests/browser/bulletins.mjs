/*
 * 通报简报: the office looks at the digest of the day before, gives it a title and issues it; it looks at the issues behind a
 * number, has it made again, and takes paper and workbook; a bureau reads it on a telephone and sees its own issues.
 *
 *   BASE_URL=… PASSWORD=… OFFICE=office BUREAU=huanwei NOW=… node tests/browser/bulletins.mjs
 *
 * Issues were due the day before, some of BUREAU's among them. NOW is the server's time in seconds since 1970.
 */
import { takeTurns } from './pages.mjs'
import { at, fits, must, needs, shot, walk } from './walk.mjs'

const [base, password, OFFICE, BUREAU, NOW] = needs('BASE_URL', 'PASSWORD', 'OFFICE', 'BUREAU', 'NOW')
const as = takeTurns({ base, password, now: NOW })

async function issues(page) {
  at('the office previews the digest of the day before')
  await page.goto(`${base}/bulletins`)
  await page.getByTestId('empty').waitFor()
  await page.getByTestId('bulletin-new').click()
  await page.getByTestId('preview').click()
  await page.getByTestId('previewed').waitFor()
  must(Number(await page.getByTestId('previewed').getAttribute('data-due')) > 0, 'nothing was due')
  await fits(page)
  await shot(page, 'preview')

  at('what was changed has to be previewed again')
  await page.getByTestId('bulletin-title').fill('迎检第一日简报')
  must(await page.getByTestId('issue').isDisabled(), 'what nobody has looked at may be issued')
  await page.getByTestId('last-day').fill('2026-11-01')
  await page.getByTestId('preview').click()
  await page.getByTestId('missing').waitFor()
  await page.getByTestId('kind-weekly').click()
  await page.getByTestId('kind-daily').click()
  await page.getByTestId('preview').click()
  await page.getByTestId('issue').and(page.locator(':enabled')).click()

  at('it is issued, with a number')
  await page.waitForURL(/\/bulletins\/\d+$/)
  await page.locator('[data-testid=bulletin][data-number="简报〔2026〕1号"]').waitFor()
  must((await page.locator('h1').innerText()) === '迎检第一日简报', 'it has another title')
  await fits(page)
  await shot(page, 'issued')

  at('the issues behind a number are as many as it says')
  const due = page.getByTestId('see-due')
  const said = await due.innerText()
  await due.click()
  const count = page.getByTestId('members-count')
  await count.waitFor()
  must((await count.getAttribute('data-count')) === said, `${await count.getAttribute('data-count')} are listed, not ${said}`)
  must((await page.getByTestId('member').count()) === Math.min(Number(said), 50), 'a page of them')
  await shot(page, 'members')
  await page.getByTestId('figure-closed_on_time').click()
  await page.locator('[data-testid=members-count]').waitFor()
  await page.keyboard.press('Escape')
  await page.getByTestId('members').waitFor({ state: 'hidden' })

  at('made again, it is the same')
  await page.getByTestId('replay').click()
  await page.locator('[data-testid=replayed][data-same=true]').waitFor()
  await shot(page, 'replayed')

  at('paper and workbook')
  for (const [button, name] of [['save-pdf', '简报〔2026〕1号.pdf'], ['save-workbook', '简报〔2026〕1号.xlsx']]) {
    const saved = page.waitForEvent('download')
    await page.getByTestId(button).click()
    must((await saved).suggestedFilename() === name, `${(await saved).suggestedFilename()} is not ${name}`)
  }
}

async function reads(page) {
  at('the bureau reads it on a telephone')
  await page.goto(`${base}/bulletins?kind=daily`)
  await page.getByTestId('bulletin-row').waitFor()
  await fits(page)
  await shot(page, 'list')
  await page.getByTestId('bulletin-row').click()
  await page.getByTestId('bulletin').waitFor()
  await fits(page)
  await shot(page, 'read')
  must((await page.getByTestId('replay').count()) === 0, 'a bureau is offered what it may not do')
  await page.getByTestId('see-due').click()
  await page.getByTestId('member').first().waitFor()
  await fits(page)
  await shot(page, 'own')
  const issue = page.getByTestId('member').first()
  const number = await issue.getAttribute('data-issue')
  await issue.getByRole('link').click()
  await page.waitForURL(new RegExp(`/issues/${number}$`))
}

await walk(async (browser) => {
  await as(browser, 'desktop', OFFICE, issues)
  await as(browser, 'small', BUREAU, reads)
})
