/*
 * 协办: the lead sets a sub-task with a limit of its own, a company finds it among what it helps with, takes it
 * and does it with a photo; the page tells everybody who has done what.
 *
 *   BASE_URL=… PASSWORD=… LEAD=xinhua HELPER=yidong OFFICE=office ISSUE=… NOW=… UNTIL=2026-11-17T12:00 node tests/browser/parts.mjs
 *
 * ISSUE is accepted by LEAD, and HELPER helps; both logins are codes. UNTIL is before its limit. NOW is the
 * server's time in seconds since 1970, where it is not ours.
 */
import { takeTurns } from './pages.mjs'
import { at, fits, must, needs, shot, walk } from './walk.mjs'

const [base, password, LEAD, HELPER, OFFICE, ISSUE, NOW, UNTIL] = needs('BASE_URL', 'PASSWORD', 'LEAD', 'HELPER', 'OFFICE', 'ISSUE', 'NOW', 'UNTIL')

const as = takeTurns({ base, password, now: NOW })

/** A picture as a camera would make one. */
async function picture(page) {
  const url = await page.evaluate(() => {
    const canvas = document.createElement('canvas')
    canvas.width = 640
    canvas.height = 480
    const pen = canvas.getContext('2d')
    pen.fillStyle = '#4a6a5a'
    pen.fillRect(0, 0, 640, 480)
    pen.fillStyle = '#e8d8a0'
    pen.fillRect(120, 160, 300, 90)
    return canvas.toDataURL('image/jpeg')
  })
  return { name: 'part.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(url.split(',')[1], 'base64') }
}

async function setsTask(page) {
  at('the lead sets a sub-task, and cannot rectify yet')
  await page.goto(`${base}/issues/${ISSUE}`)
  await page.getByTestId('parts').waitFor()
  must((await page.getByTestId('command-rectify').count()) === 0, 'it can be rectified while parts are owed')
  await page.getByTestId('command-set-task').click()
  await page.getByTestId('confirm').click()
  await page.getByTestId('missing').waitFor()
  await page.getByTestId('field-helper').click()
  await page.getByRole('option', { name: /移动/ }).click()
  await page.getByTestId('field-task').fill('先剪掉门头垂下的废线')
  await page.getByTestId('field-own-limit').fill(UNTIL)
  await shot(page, 'set-task')
  await fits(page)
  await page.getByTestId('confirm').click()
  const own = page.getByTestId(`part-${HELPER}`)
  await own.getByText('先剪掉门头垂下的废线').waitFor()
  must((await own.innerText()).includes(`${UNTIL.slice(5, 10)} ${UNTIL.slice(11)}`), `its limit is not told: ${await own.innerText()}`)
}

async function helps(page) {
  at('the company finds it among what it helps with, and takes its part')
  await page.goto(`${base}/issues`)
  await page.getByTestId('tab-helping').click()
  const row = page.locator(`[data-testid=issue-row][data-id="${ISSUE}"]`)
  await row.getByTestId('helping').getByText('待签收').waitFor()
  await shot(page, 'helping')
  await fits(page)
  await row.click()
  await page.getByTestId('command-accept-part').click()
  await page.getByTestId('confirm').click()
  await page.locator(`[data-testid=part-${HELPER}][data-state=working]`).waitFor()

  at('it says that its part is done, with a photo')
  await page.getByTestId('command-finish-part').click()
  await page.getByTestId('photo-input').setInputFiles(await picture(page))
  await page.getByTestId('field-note').fill('废线已剪除')
  await page.getByTestId('confirm').click()
  await page.locator(`[data-testid=part-${HELPER}][data-state=done]`).waitFor()
  await page.getByTestId('parts').scrollIntoViewIfNeeded()
  await shot(page, 'done')
  await fits(page)
  await page.goto(`${base}/issues`)
  await page.getByTestId('tab-helping').click()
  await page.locator('[data-testid=tab-helping] .n', { hasText: '0' }).waitFor()
}

async function looks(page) {
  at('the office sees who has done which part, and lets one off')
  await page.goto(`${base}/issues/${ISSUE}`)
  const parts = page.getByTestId('parts')
  await parts.getByText('已完成 1/5').waitFor()
  await parts.getByText('废线已剪除').waitFor()
  await page.getByTestId('command-release-part').click()
  await page.getByTestId('field-helper').click()
  await page.getByRole('option', { name: /广电/ }).click()
  await page.getByTestId('field-reason-text').fill('杆上没有广电线缆')
  await page.getByTestId('confirm').click()
  await parts.getByText('已完成 1/4').waitFor()
  await parts.scrollIntoViewIfNeeded()
  await shot(page, 'office')
  await page.goto(`${base}/figures?part=cooperating`)
  await page.getByTestId('figures').waitFor()
  must((await page.getByTestId('open-ones').count()) === 0, 'a list of what is led stands for sub-tasks')
  await shot(page, 'figures')
}

await walk(async (browser) => {
  await as(browser, 'desktop', LEAD, setsTask)
  await as(browser, 'small', HELPER, helps)
  await as(browser, 'desktop', OFFICE, looks)
})
