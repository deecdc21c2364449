/*
 * 通知: an administrator sets a channel and tries it, a bureau reads its notices, the office sees what could not be sent.
 *
 *   BASE_URL=… PASSWORD=… BUREAU=huanwei OFFICE=office ADMIN=admin ISSUE=… ORIGIN=… NOW=… node tests/browser/notices.mjs
 *
 * ISSUE was dispatched to BUREAU; ORIGIN takes messages. Whoever runs the walk has something happen that is the office's news at the step
 * that says so, and has ORIGIN refuse it until it is given up. NOW is the server's time in seconds since 1970.
 */
import { takeTurns } from './pages.mjs'
import { at, fits, must, needs, shot, walk } from './walk.mjs'

const [base, password, BUREAU, OFFICE, ADMIN, ISSUE, ORIGIN, NOW] = needs('BASE_URL', 'PASSWORD', 'BUREAU', 'OFFICE', 'ADMIN', 'ISSUE', 'ORIGIN', 'NOW')
const as = takeTurns({ base, password, now: NOW, status: 422 })

async function reads(page) {
  at('a bureau sees how much is unread, and reads it')
  await page.goto(`${base}/issues`)
  await page.getByTestId('bell-count').waitFor()
  await page.getByTestId('bell').click()
  const told = page.locator('[data-testid=notice][data-topic=dispatched]').first()
  await told.waitFor()
  must((await told.innerText()).includes(ISSUE), `it says ${await told.innerText()}`)
  await fits(page)
  await shot(page, 'notices')
  await page.getByTestId('notices-read').click()
  await page.getByTestId('bell-count').waitFor({ state: 'detached' })
  await told.getByRole('link').click()
  await page.waitForURL(`**/issues/${ISSUE}`)
}

async function sets(page) {
  at('an administrator sets a channel and tries it')
  await page.goto(`${base}/channels`)
  await page.getByTestId('channel-add').click()
  await page.getByTestId('channel-name').fill('值班系统')
  await page.getByTestId('channel-kind-webhook').click()
  await page.getByTestId('channel-where').fill('https://elsewhere.example/hook')
  await page.getByTestId('channel-secret').fill('whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3')
  await page.getByTestId('channel-office').click()
  await page.getByTestId('channel-gather').fill('0')
  await page.getByTestId('channel-save').click()
  await page.getByText('这个地址的服务器不在允许之列').waitFor()
  await fits(page)
  await shot(page, 'form')
  await page.getByTestId('channel-where').fill(`${ORIGIN}/hook`)
  await page.getByTestId('channel-save').click()
  const channel = page.getByTestId('channel')
  await channel.waitFor()
  await page.getByTestId('channel-test').click()
  await page.getByText('测试消息已送达').waitFor()
}

async function seesDead(page) {
  at('a message is refused until it is given up')
  const dead = page.locator('[data-testid=channel][data-state=dead]')
  for (let tries = 0; tries < 60 && await dead.count() === 0; tries += 1) {
    await page.goto(`${base}/channels`)
    await page.getByTestId('channel').waitFor()
  }
  at('the office sees what could not be sent, and has it sent again')
  await page.getByTestId('channel-messages-show').click()
  await page.locator('[data-testid=message][data-state=dead]').waitFor()
  await fits(page)
  await shot(page, 'dead')
  await page.getByTestId('message-retry').click()
  await page.locator('[data-testid=message][data-state=waiting]').waitFor()
  must(await page.getByTestId('channel-edit').count() === 0, 'the office may not change channels')
}

await walk(async (browser) => {
  await as(browser, 'small', BUREAU, reads)
  await as(browser, 'desktop', ADMIN, sets)
  await as(browser, 'small', OFFICE, seesDead)
})
