/*
 * One walk through the pages in a real browser, on a telephone's screen and on a desk's: sign in
 * (with a wrong password first), see the list, open an issue, see its map and what happened to it,
 * and accept one when one waits for it.
 *
 *   BASE_URL=http://127.0.0.1:8080 LOGIN=huanwei PASSWORD=… node tests/browser/issue-list.mjs
 *
 * BASE_URL names a server that LOGIN, a bureau's account with an issue at least, can sign in to.
 */
import { at, atStep, fits, must, needs, shot, visit, walk } from './walk.mjs'

const [BASE_URL, LOGIN, PASSWORD] = needs('BASE_URL', 'LOGIN', 'PASSWORD')

async function signIn(page) {
  at('an address that needs a session leads to the sign-in page')
  await page.goto(`${BASE_URL}/issues`)
  await page.waitForURL('**/signin**')
  must((await page.getByTestId('login').inputValue()) === '', 'the sign-in page came prefilled')

  at('a wrong password is explained in Chinese')
  await page.getByTestId('login').fill(LOGIN)
  await page.getByTestId('password').fill(`not-${PASSWORD}`)
  await page.getByTestId('submit').click()
  const problem = page.locator('[data-testid=problem][data-code=credentials-invalid]')
  await problem.waitFor()
  must((await problem.innerText()).includes('密码不对'), 'the problem is not told in Chinese')
  await fits(page)
  await shot(page, 'signin')

  at('the right password opens the list')
  await page.getByTestId('password').fill(PASSWORD)
  await page.getByTestId('submit').click()
  // By path: the sign-in page's own address ends in `next=/issues` too.
  await page.waitForURL((url) => url.pathname === '/issues')
}

async function seeList(page) {
  at('the list shows issues')
  const rows = page.getByTestId('issue-row')
  await rows.first().waitFor()
  await fits(page)
  await shot(page, 'list')

  at('a reload keeps the session')
  await page.reload()
  await rows.first().waitFor()

  at('a search goes into the address')
  await page.getByTestId('filter-text').fill('zz-nothing-is-called-this')
  await page.getByTestId('search').click()
  await page.waitForURL('**/issues?text=*')
  await page.getByTestId('empty').waitFor()
}

/** Opens the list, of issues waiting to be accepted if there are any. */
async function listToAccept(page) {
  const rows = page.getByTestId('issue-row')
  await page.goto(`${BASE_URL}/issues?stage=dispatched`)
  await rows.first().or(page.getByTestId('empty')).waitFor()
  if ((await rows.count()) > 0) return
  await page.goto(`${BASE_URL}/issues`)
  await rows.first().waitFor()
}

async function seeMap(page) {
  const map = page.locator('[data-testid=map][data-drawn=true] canvas')
  await map.waitFor({ timeout: 60_000 })
  const box = await map.boundingBox()
  must(box !== null && box.width > 200 && box.height > 200, `the map's canvas is ${JSON.stringify(box)}`)
}

async function seeIssue(page) {
  at('a row opens its issue')
  await listToAccept(page)
  await page.getByTestId('issue-row').first().click()
  await page.waitForURL(/\/issues\/\d+$/)
  await page.getByTestId('issue').waitFor()

  at('the timeline tells what happened, in Chinese')
  const first = page.locator('[data-testid=event][data-kind=reported]')
  await first.waitFor()
  must((await first.innerText()).includes('上报'), 'the first event is not told in Chinese')

  at('the map is drawn')
  await seeMap(page)
  await fits(page)
  await shot(page, 'issue')

  at('the address of an issue opens it again')
  await page.reload()
  await page.getByTestId('issue').waitFor()
  await seeMap(page)
}

/** Opens the first of the dispatched issues that this bureau leads: one it helps with is not its to accept. */
async function openToAccept(page) {
  const button = page.getByTestId('command-accept')
  await listToAccept(page)
  const rows = await page.getByTestId('issue-row').all()
  const ids = await Promise.all(rows.slice(0, 10).map((row) => row.getAttribute('data-id')))
  for (const id of ids) {
    await page.goto(`${BASE_URL}/issues/${id}`)
    await page.getByTestId('event').first().waitFor()
    if ((await button.count()) > 0) return button
  }
  return null
}

async function accept(page) {
  at('looking for an issue to accept')
  const button = await openToAccept(page)
  if (button === null) {
    at('there is none to accept: left alone')
    return
  }
  at('accepting moves the issue on')
  const before = await page.getByTestId('event').count()
  await button.click()
  await page.getByTestId('confirm').click()
  await page.locator('[data-testid=issue] [data-testid=stage][data-stage=accepted]').waitFor()
  must((await page.getByTestId('event').count()) > before, 'accepting left no event in the timeline')
  must((await button.count()) === 0, 'an accepted issue can be accepted again')
  await shot(page, 'accepted')
}

async function signOut(page) {
  at('signing out ends the session')
  await page.getByTestId('sign-out').click()
  await page.waitForURL('**/signin**')
  await page.goto(`${BASE_URL}/issues`)
  await page.waitForURL('**/signin**')
}

await walk(async (browser) => {
  for (const screen of ['phone', 'desktop']) {
    const page = await visit(browser, screen, (message) => atStep().startsWith('a wrong password') && message.location().url.endsWith('/sessions'))
    await signIn(page)
    await seeList(page)
    await seeIssue(page)
    await accept(page)
    await signOut(page)
    await page.context().close()
  }
})
