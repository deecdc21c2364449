/*
 * A bureau's day at its desk: a list of sixty, worked by the keyboard and in bulk while colleagues and
 * inspectors go on; a return, the clock and the route explained.
 *
 *   BASE_URL=… LOGIN=huanwei PASSWORD=… NOW=… node tests/browser/bureau.mjs
 *
 * LOGIN is a bureau's account with sixty issues that wait to be accepted. At the step that names a
 * new report, one more is to arrive for it. NOW is the server's time in seconds since 1970, where it is not ours.
 */
import process from 'node:process'
import { at, atStep, fits, livesAt, must, needs, shot, visit, walk } from './walk.mjs'

const [BASE_URL, LOGIN, PASSWORD] = needs('BASE_URL', 'LOGIN', 'PASSWORD')
const ITEMS = 60

/** Refusals that a step's name announces, and photos whose renditions are still to be made. */
const refused = (message) => /refused/.test(atStep()) || /\/(thumbnail|large)$/.test(message.location().url)

const rows = (page) => page.getByTestId('issue-row')
const row = (page, id) => page.locator(`[data-testid=issue-row][data-id="${id}"]`)
const idOf = async (locator) => Number(await locator.getAttribute('data-id'))
const focused = (page) => page.evaluate(() => Number(document.activeElement?.getAttribute('data-id')))

/** A colleague's computer: the same bureau by the API alone. */
async function colleague() {
  const headers = { 'Content-Type': 'application/json' }
  const body = JSON.stringify({ login: LOGIN, password: PASSWORD, device: 'colleague' })
  const session = await (await fetch(`${BASE_URL}/api/v1/sessions`, { method: 'POST', headers, body })).json()
  headers.Authorization = `Bearer ${session.access_token}`
  return {
    async accepts(id) {
      const seen = await fetch(`${BASE_URL}/api/v1/issues/${id}`, { headers })
      const command = JSON.stringify({ command_id: crypto.randomUUID() })
      const done = await fetch(`${BASE_URL}/api/v1/issues/${id}:accept`, { method: 'POST', headers: { ...headers, 'If-Match': seen.headers.get('ETag') }, body: command })
      must(done.status === 200, `the colleague could not accept ${id}: ${done.status}`)
    },
  }
}

async function signIn(page) {
  at('a bureau lands on its list, the nearest limit first')
  await page.goto(BASE_URL)
  await page.getByTestId('login').fill(LOGIN)
  await page.getByTestId('password').fill(PASSWORD)
  await page.getByTestId('submit').click()
  await page.waitForURL((url) => url.pathname === '/issues')
  await rows(page).first().waitFor()
  const due = await page.locator('[data-testid=issue-list] [data-testid=due] time').evaluateAll((all) => all.map((time) => time.dateTime))
  must(due.length >= ITEMS && due.every((limit, n) => n === 0 || due[n - 1] <= limit), 'not in the order of the limits')
  await page.locator('[data-testid=tab-accept]', { hasText: String(ITEMS) }).waitFor()
  await page.locator('[data-testid=live][data-hearing=live]').waitFor()
  await fits(page)
  await shot(page, 'list')
}

async function useKeys(page) {
  at('the keyboard goes through the list, ticks, and explains itself')
  await page.keyboard.press('j')
  const first = await focused(page)
  must(first === (await idOf(rows(page).first())), 'j does not begin at the first row')
  await page.keyboard.press('x')
  await page.keyboard.press('j')
  must((await focused(page)) !== first, 'j does not go on')
  await page.keyboard.press('k')
  must((await focused(page)) === first, 'k does not go back')
  must((await page.locator('[data-testid=tick]:checked').count()) === 1, 'x does not tick')
  await page.keyboard.press('?')
  await page.getByTestId('keys-help').waitFor()
  await shot(page, 'keys')
  await page.keyboard.press('Escape')
  await page.getByTestId('keys-help').waitFor({ state: 'hidden' })

  at('Enter opens the issue, and back is where one was')
  await row(page, first).focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(`**/issues/${first}`)
  await page.getByTestId('issue').waitFor()
  await page.getByTestId('back').click()
  await page.waitForURL((url) => url.pathname === '/issues')
  await rows(page).first().waitFor()
  await page.keyboard.press('Escape')

  at('what is typed into the search is no command')
  await page.keyboard.press('/')
  await page.keyboard.type('jax')
  must((await page.getByTestId('filter-text').inputValue()) === 'jax', 'the keys of a word went elsewhere')
  await page.getByTestId('filter-text').fill('')
}

async function acceptMany(page, other) {
  at('ten are accepted at once, and one that a colleague took meanwhile is refused by name')
  for (let n = 0; n < 10; n += 1) await page.getByTestId('tick').nth(n).check()
  const taken = await idOf(rows(page).nth(4))
  await page.getByTestId('bulk-accept').click()
  await page.getByTestId('bulk-dialog').waitFor()
  await other.accepts(taken)
  await page.getByTestId('confirm-bulk').click()
  const outcome = page.locator('[data-testid=bulk-outcome][data-running=false]')
  await outcome.waitFor()
  must((await outcome.getAttribute('data-done')) === '9' && (await outcome.getAttribute('data-failed')) === '1', `not nine and one: ${await outcome.innerText()}`)
  must((await idOf(page.getByTestId('bulk-refused'))) === taken, 'another one was refused')
  must(/[\u4e00-\u9fff]/.test(await page.getByTestId('bulk-refused').innerText()), 'the refusal is not told in Chinese')
  await page.getByTestId('row-refused').waitFor()
  await fits(page)
  await shot(page, 'bulk')
  must((await page.locator('[data-testid=issue-row][data-stage=accepted]').count()) === 10, 'the rows do not show what became of them')
  await page.getByTestId('bulk-close').click()
  await page.getByTestId('clear-selection').click()
}

async function giveBack(page) {
  at('one is returned with its reason while that is still possible')
  await page.getByTestId('tab-accept').click()
  await page.waitForURL('**/issues?stage=*')
  // While the list is fetched there are no rows, and nothing for the keys to go through.
  await page.waitForFunction(() => {
    const stages = [...document.querySelectorAll('[data-testid=issue-row]')].map((one) => one.dataset.stage)
    return stages.length > 0 && stages.every((stage) => stage === 'dispatched')
  })
  await page.keyboard.press('j')
  const id = await focused(page)
  await page.keyboard.press('r')
  await page.getByTestId('confirm-bulk').click()
  await page.getByRole('alert').first().waitFor()
  await page.getByTestId('field-reason').locator('label').first().click()
  await page.getByTestId('field-note').fill('该路段由街道保洁')
  await page.getByTestId('confirm-bulk').click()
  await page.locator('[data-testid=bulk-outcome][data-done="1"][data-failed="0"]').waitFor()
  await page.locator(`[data-testid=issue-row][data-id="${id}"][data-left=true]`).waitFor()
  await page.getByTestId('bulk-close').click()
  return id
}

async function hearOthers(page, other) {
  at('what a colleague does shows in its row, and no row moves')
  const order = () => rows(page).evaluateAll((all) => all.map((one) => one.getAttribute('data-id')).join())
  const before = await order()
  const id = await idOf(rows(page).nth(5))
  await other.accepts(id)
  await page.locator(`[data-testid=issue-row][data-id="${id}"][data-stage=accepted]`).waitFor()
  must((await order()) === before, 'the rows changed places under the hand')

  at('a new report arrives, and waits until it is asked for')
  const newer = page.getByTestId('newer')
  await newer.waitFor()
  must((await newer.getAttribute('data-n')) === '1' && (await order()) === before, 'it jumped into the list')
  await shot(page, 'newer')
  await newer.click()
  await newer.waitFor({ state: 'detached' })
  must((await order()) !== before, 'it does not show when asked for')
}

/** Opens an issue that was accepted. */
async function understand(page) {
  await page.goto(`${BASE_URL}/issues?stage=accepted`)
  const id = await idOf(rows(page).first())
  await page.goto(`${BASE_URL}/issues/${id}`)

  at('the clock is explained stretch by stretch, and the route by what it was chosen by')
  await page.getByTestId('segment').first().waitFor()
  must((await page.getByTestId('route-how').innerText()).includes('规则'), 'the route does not name its rule')
  await fits(page)
  await shot(page, 'issue')
}

await walk(async (browser) => {
  const page = await visit(browser, 'desktop', refused)
  if (process.env.NOW) await livesAt(page, process.env.NOW)
  const other = await colleague()
  await signIn(page)
  await useKeys(page)
  await acceptMany(page, other)
  await giveBack(page)
  await hearOthers(page, other)
  await understand(page)
})
