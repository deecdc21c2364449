/*
 * What else is done in the street: looking again at what was rectified, counting, suggesting, and
 * reading what became of one's reports.
 *
 *   BASE_URL=… LOGIN=… PASSWORD=… LAT=… LON=… ISSUE=… OFFICE=… node tests/browser/fieldwork.mjs
 *
 * ISSUE lies at LAT, LON, was reported by LOGIN, and is said to be rectified.
 */
import { CAMERA, Caller, looks, phone, shoots } from './phone.mjs'
import { at, must, needs, walk } from './walk.mjs'

const [base, login, password, LAT, LON, ISSUE, OFFICE] = needs('BASE_URL', 'LOGIN', 'PASSWORD', 'LAT', 'LON', 'ISSUE', 'OFFICE')
const place = { lat: Number(LAT), lon: Number(LON) }

/** Waits until nothing of the outbox is left to send. */
async function delivered(page) {
  await page.goto(`${base}/m/outbox`)
  await page.locator('[data-testid=outbox-item][data-state=done]').first().waitFor()
  await page.waitForFunction(() => document.querySelectorAll('[data-testid=outbox-item]:not([data-state=done])').length === 0)
}

async function verifies(page, me) {
  at('what is said to be rectified is among the tasks')
  await page.getByTestId('tab-tasks').click()
  await looks(page, 'tasks')
  await page.locator(`[data-testid=task][data-id="${ISSUE}"]`).click()
  await page.getByTestId('pair-before').waitFor()
  await page.getByTestId('pair-after').waitFor()
  await looks(page, 'verify')

  at('it is not decided on without a photo, nor failed without a word')
  await page.getByTestId('verify-pass').click()
  await page.getByTestId('lacks').waitFor()

  at('the photo is taken from where it was taken before')
  await page.getByTestId('take-check').click()
  await page.getByTestId('ghost').waitFor()
  await shoots(page)
  await page.getByTestId('check-photo').waitFor()
  await page.getByTestId('verify-fail').click()
  await page.getByTestId('lacks').waitFor()

  at('passed: the issue is closed')
  await page.getByTestId('verify-pass').click()
  await page.waitForURL('**/m/tasks')
  await delivered(page)
  const issue = await me.gets(`/issues/${ISSUE}`)
  must(issue.stage === 'closed', `the issue is ${issue.stage}`)
  must(issue.verifications.at(-1).photos.length === 1, 'the verifier’s photo is not there')
}

async function counts(page, office) {
  at('a count outlives a kill, and a tap can be taken back')
  await page.goto(`${base}/m/count`)
  const category = page.getByTestId('count-category').first()
  const code = await category.getAttribute('data-code')
  await category.click()
  for (let i = 0; i < 4; i += 1) await page.getByTestId('count-right').click()
  await page.getByTestId('count-wrong').click()
  await page.getByTestId('count-wrong').click()
  await page.getByTestId('count-undo').click()
  await looks(page, 'count')
  await page.waitForTimeout(300)
  await page.reload()
  must((await page.getByTestId('count-seen').innerText()) === '5', 'the count is not what it was')
  must((await page.getByTestId('count-rate').innerText()) === '80.0 %', 'the rate is wrong')

  at('the count goes to the office: n seen, k right')
  await page.getByTestId('count-finish').click()
  await page.locator('.van-dialog__confirm').click()
  await page.getByTestId('count-sent').waitFor()
  await looks(page, 'count-sent')
  await delivered(page)
  const { items } = await office.gets(`/counts?category=${code}`)
  must(items.some(({ seen, right }) => seen === 5 && right === 4), JSON.stringify(items))
}

async function suggests(page, office) {
  at('a complaint is sent, and answered')
  await page.goto(`${base}/m/suggest`)
  await page.getByTestId('suggestion').fill('午间派单太密，来不及吃饭')
  await page.getByTestId('send-suggestion').click()
  await page.getByTestId('suggestion-sent').waitFor()
  await delivered(page)
  const open = await office.gets('/suggestions?state=open')
  const mine = open.items.find(({ text }) => text.startsWith('午间派单'))
  must(mine, 'the office does not see it')
  await office.posts(`/suggestions/${mine.id}:answer`, { command_id: crypto.randomUUID(), text: '已与班组长说好，12 点到 13 点不派。' })
  await page.goto(`${base}/m/suggest`)
  await page.getByTestId('answer').waitFor()
  must((await page.getByTestId('answer').innerText()).includes('班组长'), 'the answer is another')
  await looks(page, 'suggest')
}

async function reads(page) {
  at('one’s reports say what became of them')
  await page.goto(`${base}/m/reports`)
  await page.locator('[data-testid=my-report] [data-stage=closed]').first().waitFor()
  await looks(page, 'reports')
  await page.getByTestId('my-report').first().click()
  await page.getByTestId('field-issue').getByTestId('stage').waitFor()
  await looks(page, 'issue')
}

await walk(async (browser) => {
  const [me, office] = [await Caller.signIn(base, login, password), await Caller.signIn(base, OFFICE, password)]
  const page = await phone(browser, { base, login, password, place })
  await verifies(page, me)
  await counts(page, office)
  await suggests(page, office)
  await reads(page)
}, CAMERA)
