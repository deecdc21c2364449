/*
 * 督办卡: the office drafts one on an issue's page, another person signs and delivers it, its bureau replies with a
 * photo of the stamped reply, and it is accepted.
 *
 *   BASE_URL=… PASSWORD=… BUREAU=huanwei FIRST=office SECOND=watch ISSUE=… NOW=… node tests/browser/cards.mjs
 *
 * ISSUE is led by BUREAU, whose login is its code. The issue is closed from outside when the
 * walk says “the bureau has replied”. NOW is the server's time in seconds since 1970.
 */
import { takeTurns } from './pages.mjs'
import { at, fits, must, needs, shot, walk } from './walk.mjs'

const [base, password, BUREAU, FIRST, SECOND, ISSUE, NOW] = needs('BASE_URL', 'PASSWORD', 'BUREAU', 'FIRST', 'SECOND', 'ISSUE', 'NOW')
let card = ''

const as = takeTurns({ base, password, now: NOW })

async function step(page, word, fill = async () => undefined) {
  await page.getByTestId(`step-${word}`).click()
  await fill(page.getByTestId('card-step'))
  await page.getByTestId('confirm').click()
}

async function stands(page, stage) {
  await page.locator(`[data-testid=card][data-stage=${stage}]`).waitFor()
  await fits(page)
}

async function drafts(page) {
  at('the office drafts a yellow card on an issue')
  await page.goto(`${base}/issues/${ISSUE}`)
  await page.getByTestId('issue-card-draft').click()
  await page.getByTestId('draft-yellow').click()
  await page.getByTestId('card-save').click()
  await page.getByTestId('missing').waitFor()
  await page.getByTestId('card-facts').fill('东关农贸市场周边暴露垃圾反复出现，群众多次反映，两次核查均不合格。')
  await shot(page, 'draft')
  await page.getByTestId('card-save').click()
  await page.waitForURL(/\/cards\/\d+$/)
  card = page.url()
  await stands(page, 'draft')
  must((await page.getByTestId('step-sign').count()) === 0, 'whoever drafted it may sign it')
}

async function signs(page) {
  at('another person signs and delivers it')
  await page.goto(`${base}/cards`)
  await page.locator('[data-testid=card-row][data-stage=draft]').click()
  await step(page, 'sign')
  await stands(page, 'signed')
  must((await page.locator('h1').innerText()).includes('督〔2026〕1号'), 'it has no number')
  await step(page, 'deliver')
  await stands(page, 'delivered')
  const saved = page.waitForEvent('download')
  await page.getByTestId('save-pdf').click()
  must((await saved).suggestedFilename() === '督〔2026〕1号.pdf', 'the paper has another name')
  await shot(page, 'delivered')
}

async function replies(page) {
  at('the bureau replies with a photo of the stamped reply')
  await page.goto(`${base}/cards`)
  await page.locator('[data-testid=card-row][data-stage=delivered]').click()
  const picture = await page.evaluate(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 240 })
    canvas.getContext('2d').fillText('盖章回复', 20, 60)
    return canvas.toDataURL('image/jpeg').split(',')[1]
  })
  await step(page, 'reply', async (dialog) => {
    await dialog.getByTestId('reply-cause').fill('夜间清运人手不足')
    await dialog.getByTestId('reply-measures').fill('增派夜班 4 人，增设垃圾桶两组')
    await dialog.getByTestId('reply-person').fill('李强')
    await page.getByTestId('confirm').click()
    await page.getByTestId('missing').waitFor()
    await dialog.getByTestId('reply-scan').getByTestId('photo-input').setInputFiles({ name: 'stamped.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(picture, 'base64') })
    await dialog.getByTestId('reply-scan').locator('img').waitFor()
    await shot(page, 'reply')
  })
  await stands(page, 'replied')
  await page.locator('[data-testid=reply-photo]').waitFor()
  await shot(page, 'replied')
}

async function accepts(page) {
  at('the bureau has replied: the office accepts once the issue is closed')
  await page.goto(card)
  await page.getByTestId('open-issues').getByText('全部结案。').waitFor()
  await step(page, 'comment', (dialog) => dialog.getByTestId('step-text').fill('整改到位，请保持'))
  await page.locator('[data-testid=card-events] [data-kind=commented]').waitFor()
  await step(page, 'accept')
  await stands(page, 'accepted')
  await shot(page, 'accepted')
  await page.emulateMedia({ media: 'print' })
  await page.getByTestId('card-sheet').waitFor()
  must((await page.getByTestId('card-sheet').innerText()).includes('督〔2026〕1号'), 'the sheet has no number')
  await shot(page, 'paper')
}

async function lists(page) {
  at('the bureau finds it on a telephone')
  await page.goto(`${base}/cards?stage=accepted`)
  await page.locator('[data-testid=card-row][data-stage=accepted]').waitFor()
  await fits(page)
  await shot(page, 'list')
  await page.locator('[data-testid=card-row]').click()
  await stands(page, 'accepted')
}

await walk(async (browser) => {
  await as(browser, 'desktop', FIRST, drafts)
  await as(browser, 'small', SECOND, signs)
  await as(browser, 'desktop', BUREAU, replies)
  await as(browser, 'desktop', SECOND, accepts)
  await as(browser, 'small', BUREAU, lists)
})
