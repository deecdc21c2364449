/*
 * 核查: the office sees what waits and how long it takes itself, hands a task to an inspector and passes another from
 * the desk; the inspector finds it on the handheld, gives it back and takes it again.
 *
 *   BASE_URL=… PASSWORD=… ON_SITE=… DESK=… NOW=… node tests/browser/verification.mjs
 *
 * ON_SITE has to be looked at on site, DESK was left out by the draw. NOW is the server's time in seconds since 1970.
 */
import { takeTurns } from './pages.mjs'
import { at, fits, must, needs, shot, walk } from './walk.mjs'

const [base, password, ON_SITE, DESK, NOW] = needs('BASE_URL', 'PASSWORD', 'ON_SITE', 'DESK', 'NOW')

const as = takeTurns({ base, password, now: NOW })

const row = (page, issue) => page.locator(`[data-testid=task][data-id="${issue}"]`)

async function hands(page) {
  at('the office sees the clocks and the tasks, and hands one to bo')
  await page.goto(`${base}/verification`)
  await page.getByTestId('clock-verification').getByText('正在等 2 件').waitFor()
  await row(page, ON_SITE).waitFor()
  must((await row(page, ON_SITE).innerText()).includes('无人领取'), 'somebody has it already')
  must((await page.getByTestId('rules').innerText()).includes('0%'), 'the rules are not told')
  await page.getByTestId('overdue').getByText('没有超时未办的').waitFor()
  await shot(page, 'tasks')
  await fits(page)
  await row(page, ON_SITE).getByTestId('hand').click()
  await page.getByTestId('hand-to').click()
  await page.getByRole('option', { name: /^bo，/ }).click()
  await shot(page, 'hand')
  await page.getByTestId('hand-confirm').click()
  await row(page, ON_SITE).getByTestId('who').getByText('指派给 bo').waitFor()
}

async function passes(page) {
  at('the office passes from the desk what the draw left out')
  await page.goto(`${base}/verification?way=desk`)
  await row(page, DESK).getByText('抽查未抽中').waitFor()
  await shot(page, 'desk')
  await fits(page)
  await row(page, DESK).getByRole('link').click()
  must((await page.getByTestId('check-note').getAttribute('data-way')) === 'desk', 'the issue does not say how')
  await page.getByTestId('command-verify').click()
  must(await page.getByTestId('field-way').getByLabel('案头核查').isChecked(), 'the way that is owed is not offered')
  await page.getByTestId('field-passed').getByText('通过，结案').click()
  await shot(page, 'verdict')
  await page.getByTestId('confirm').click()
  await page.locator('[data-testid=stage][data-stage=closed]').first().waitFor()
  await page.goto(`${base}/verification?way=desk`)
  await page.getByTestId('empty').waitFor()
}

async function takes(page) {
  at('bo finds the task, gives it back and takes it again')
  await page.getByTestId('tab-tasks').click()
  await row(page, ON_SITE).getByTestId('task-mine').waitFor()
  must((await row(page, ON_SITE).innerText()).includes('指派给您'), 'it is not said that it was handed over')
  await shot(page, 'field-tasks')
  await fits(page)
  await row(page, ON_SITE).click()
  await page.getByTestId('give-back').click()
  await page.getByTestId('take-task').waitFor()
  await shot(page, 'field-free')
  await page.getByTestId('take-task').click()
  await page.locator('[data-testid=claim][data-standing=mine]').waitFor()
  await page.getByTestId('check-note').getByText('逐件到现场核查').waitFor()
  await shot(page, 'field-mine')
  await fits(page)
}

async function offline(page) {
  at('without a network the task is still there, and may be done')
  await page.getByTestId('tab-tasks').click()
  await row(page, ON_SITE).waitFor()
  await row(page, ON_SITE).click()
  await page.getByTestId('take-check').waitFor()
  await page.context().setOffline(true)
  await page.getByTestId('claim').waitFor()
  must(await page.getByTestId('give-back').isDisabled(), 'it can be given back to nobody')
  await page.getByTestId('take-check').waitFor()
  await page.context().setOffline(false)
}

await walk(async (browser) => {
  await as(browser, 'desktop', 'office', hands)
  await as(browser, 'small', 'office', passes)
  await as(browser, 'small', 'bo', takes, 'field')
  await as(browser, 'small', 'bo', offline, 'field')
})
