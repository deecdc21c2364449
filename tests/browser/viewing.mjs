/*
 * 暗访: the office opens a blind finding, and its page tells who has seen it; once it is released, its bureau is
 * not told.
 *
 *   BASE_URL=… PASSWORD=… OFFICE=office NAME=… ISSUE=… NOW=… node tests/browser/viewing.mjs
 *
 * ISSUE is blind; NAME is what the office's account is called. NOW is the server's time in seconds since 1970.
 */
import { signIn } from './pages.mjs'
import { at, fits, livesAt, must, needs, shot, visit, walk } from './walk.mjs'

const [base, password, OFFICE, NAME, ISSUE, NOW] = needs('BASE_URL', 'PASSWORD', 'OFFICE', 'NAME', 'ISSUE', 'NOW')

await walk(async (browser) => {
  for (const screen of ['desktop', 'small']) {
    at(`the office looks at a blind finding (${screen})`)
    // A rendition of a photo may still be made.
    const page = await visit(browser, screen, (message) => /\/(thumbnail|large)$/.test(message.location().url))
    await livesAt(page, Number(NOW))
    await signIn(page, base, 'console', OFFICE, password)
    await page.goto(`${base}/issues/${ISSUE}`)
    const card = page.getByTestId('viewings')
    await card.getByText('打开案件').waitFor()
    must((await card.innerText()).includes(NAME), `the page says ${await card.innerText()}`)
    await card.scrollIntoViewIfNeeded()
    await shot(page, `viewings-${screen}`)
    await fits(page)
    await page.context().close()
  }
})
