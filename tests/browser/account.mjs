/*
 * One walk through signing in and the page of one's own account: the second factor, the lock after
 * wrong passwords, a password that must be changed first, devices, and the hand-over to a new phone.
 *
 *   BASE_URL=… LOGIN=ana PASSWORD=… LOCKABLE=bo NEWCOMER=dai FIRST_PASSWORD=… NOW=… node tests/browser/account.mjs
 *
 * LOGIN and LOCKABLE have PASSWORD; NEWCOMER has FIRST_PASSWORD, which somebody else set. NOW is the
 * server's time in seconds since 1970, which may stand still.
 */
import { at, atStep, fits, must, needs, shot, visit, walk } from './walk.mjs'
import { totp } from './totp.mjs'

const [BASE_URL, LOGIN, PASSWORD, LOCKABLE, NEWCOMER, FIRST_PASSWORD, NOW] =
  needs('BASE_URL', 'LOGIN', 'PASSWORD', 'LOCKABLE', 'NEWCOMER', 'FIRST_PASSWORD', 'NOW')
const ATTEMPTS = 5
const STEP_S = 30

/** Refusals that a step's name announces. */
const refused = (message) => /wrong|locked|ended|ends|weak|asked|used|first/.test(atStep()) && message.location().url.includes('/api/v1/')

const problem = (page, code) => page.locator(`[data-testid=problem][data-code=${code}]`)

async function send(page, login, password) {
  await page.getByTestId('login').fill(login)
  await page.getByTestId('password').fill(password)
  await page.getByTestId('submit').click()
}

async function signIn(page, login, password) {
  await page.goto(`${BASE_URL}/signin?next=/issues`)
  await send(page, login, password)
  await page.waitForURL((url) => url.pathname === '/issues')
}

/** The page of an inspector's role, which the console leads on to. */
const landed = (url) => url.pathname === '/issues' || url.pathname.startsWith('/m/')

async function signOut(page) {
  await page.getByTestId('sign-out').click()
  await page.waitForURL('**/signin**')
}

async function openAccount(page) {
  await page.getByTestId('account-name').click()
  await page.getByTestId('device').first().waitFor()
}

/** Sets the second factor up; gives its secret and the recovery codes. */
async function setUp(page) {
  at('the second factor is set up with a QR code, and the wrong password does not begin it')
  await signIn(page, LOGIN, PASSWORD)
  await openAccount(page)
  await page.getByTestId('set-up-second-factor').click()
  await page.getByTestId('factor-password').fill(`not-${PASSWORD}`)
  await page.getByTestId('begin-second-factor').click()
  await problem(page, 'password-wrong').waitFor()
  await page.getByTestId('factor-password').fill(PASSWORD)
  await page.getByTestId('begin-second-factor').click()
  await page.getByTestId('qr').waitFor()
  await fits(page)
  await shot(page, 'second-factor')
  const secret = await page.getByTestId('totp-secret').getAttribute('data-secret')

  at('a wrong code does not confirm it; the right one does and shows the recovery codes once')
  await page.getByTestId('code').fill('000000')
  await page.getByTestId('confirm-second-factor').click()
  await problem(page, 'code-wrong').waitFor()
  await page.getByTestId('code').fill(totp(secret, Number(NOW) - STEP_S))
  await page.getByTestId('confirm-second-factor').click()
  const shown = page.getByTestId('recovery-codes').locator('code')
  await shown.first().waitFor()
  const codes = await shown.allInnerTexts()
  must(codes.length === 10 && new Set(codes).size === 10, `recovery codes: ${codes}`)
  await fits(page)
  const saving = page.waitForEvent('download')
  await page.getByTestId('save-codes').click()
  must((await saving).suggestedFilename().endsWith('.txt'), 'the codes are not saved as a text file')
  must(await page.getByTestId('codes-done').isDisabled(), 'the codes can be put away before they are kept')
  await page.getByTestId('codes-kept').click()
  await page.getByTestId('codes-done').click()
  await page.locator('[data-testid=second-factor][data-on=true]').waitFor()
  must((await shown.count()) === 0, 'the recovery codes are still there')
  await signOut(page)
  return { secret, codes }
}

async function useFactor(page, { secret, codes }) {
  at('the second factor is asked for, and a wrong code is told')
  await page.goto(`${BASE_URL}/account`)
  await page.waitForURL('**/signin**')
  await send(page, LOGIN, PASSWORD)
  await page.getByTestId('code').fill('000000')
  must((await page.getByTestId('code').getAttribute('autocomplete')) === 'one-time-code', 'the code cannot be filled in by the phone')
  await page.getByTestId('submit').click()
  await problem(page, 'second-factor-invalid').waitFor()
  await fits(page)
  await shot(page, 'code')

  at('a code pasted with a gap signs in, to where one was going')
  const code = totp(secret, Number(NOW))
  await page.getByTestId('code').fill(`${code.slice(0, 3)} ${code.slice(3)}`)
  await page.getByTestId('submit').click()
  await page.waitForURL((url) => url.pathname === '/account')
  await signOut(page)

  at('a recovery code is asked for as well, and works once')
  await page.goto(`${BASE_URL}/signin?next=/issues`)
  await send(page, LOGIN, PASSWORD)
  await page.getByTestId('code').fill(codes[0])
  await page.getByTestId('submit').click()
  await page.waitForURL((url) => url.pathname === '/issues')
  await openAccount(page)
  await page.getByTestId('remove-second-factor').click()
  await page.getByTestId('factor-password').fill(PASSWORD)
  await page.getByTestId('code').fill(codes[0])
  await page.getByTestId('confirm-removal').click()
  await problem(page, 'code-wrong').waitFor()

  at('the second factor is removed with the password and another code')
  await page.getByTestId('code').fill(codes[1])
  await page.getByTestId('confirm-removal').click()
  await page.locator('[data-testid=second-factor][data-on=false]').waitFor()
  await signOut(page)
}

async function beLocked(page) {
  at('wrong passwords are locked out, for a time that is told')
  await page.goto(`${BASE_URL}/signin`)
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const answer = page.waitForResponse('**/api/v1/sessions')
    await send(page, LOCKABLE, `not-${PASSWORD}`)
    must((await answer).status() === 401, `attempt ${attempt + 1} was not a plain refusal`)
    await problem(page, 'credentials-invalid').waitFor()
  }
  await send(page, LOCKABLE, PASSWORD)
  await problem(page, 'sign-in-locked').waitFor()
  must(/\d+:\d\d/.test(await page.getByTestId('wait').innerText()), 'how long is not told')
  must(await page.getByTestId('submit').isDisabled(), 'it can be tried again at once')
  await fits(page)
  await shot(page, 'locked')
}

async function changeFirst(page) {
  at('a password somebody else set has to be changed first')
  await page.goto(`${BASE_URL}/issues?text=abc`)
  await page.waitForURL('**/signin**')
  await send(page, NEWCOMER, FIRST_PASSWORD)
  await page.locator('[data-testid=duty][data-duty=change_password]').waitFor()
  await page.goto(`${BASE_URL}/issues`)
  await page.locator('[data-testid=duty][data-duty=change_password]').waitFor()
  await fits(page)
  await shot(page, 'duty')

  at('a weak one is refused with what would help, in Chinese')
  await fillPasswords(page, FIRST_PASSWORD, 'password123')
  await problem(page, 'password-weak').waitFor()
  must(/[\u4e00-\u9fff]/.test(await page.getByTestId('weak').innerText()), 'what would help is not told in Chinese')

  at('two that differ are not sent, a good one is taken')
  await fillPasswords(page, FIRST_PASSWORD, 'nine lanterns over the canal', 'nine lanterns over the cannal')
  await page.getByTestId('lack').waitFor()
  await fillPasswords(page, FIRST_PASSWORD, 'nine lanterns over the canal')
  await page.waitForURL((url) => url.pathname === '/issues')
  await signOut(page)
}

async function fillPasswords(page, current, fresh, again = fresh) {
  await page.getByTestId('current').fill(current)
  await page.getByTestId('fresh').fill(fresh)
  await page.getByTestId('again').fill(again)
  await page.getByTestId('save-password').click()
}

async function endDevices(here, there) {
  at('another device is in the list, and its session is ended from here')
  await signIn(here, LOGIN, PASSWORD)
  await signIn(there, LOGIN, PASSWORD)
  await openAccount(here)
  must((await here.locator('[data-testid=device][data-current=true]').count()) === 1, 'this device is not marked')
  const others = here.getByTestId('end-others')
  await others.click()
  await others.click()
  await others.waitFor({ state: 'detached' })
  must((await here.getByTestId('device').count()) === 1, 'other devices are still listed')
  await fits(here)
  await shot(here, 'devices')
  await there.goto(`${BASE_URL}/account`)
  await there.waitForURL('**/signin**')
  must(new URL(there.url()).searchParams.get('next') === '/account', 'it does not come back to where it was')
}

async function handOver(old, fresh) {
  at('a code shown on the old device signs the new one in, and ends the old session')
  await old.getByTestId('begin-hand-over').click()
  await old.getByTestId('qr').waitFor()
  await old.getByTestId('hand-over-left').waitFor()
  await fits(old)
  await shot(old, 'hand-over')
  const url = await old.getByTestId('hand-over-url').textContent()
  const sent = []
  fresh.on('request', (request) => sent.push(request.url()))
  await fresh.goto('about:blank')
  await fresh.goto(url.trim())
  // A link alone signs nobody in.
  await fresh.getByTestId('take').click()
  await fresh.waitForURL(landed)
  const code = new URL(url.trim()).hash.slice(1)
  must(code.length > 10, `no code in ${url}`)
  must(!sent.some((address) => address.split('#')[0].includes(code)), 'the code was sent in an address')
  must(!(await fresh.evaluate(() => location.href)).includes(code), 'the code is still in the address bar')
  await old.waitForURL('**/signin?moved=1')

  at('a used code is refused with what to do next')
  await fresh.goto(`${BASE_URL}/account`)
  await fresh.getByTestId('sign-out').click()
  await fresh.waitForURL('**/signin**')
  await fresh.goto('about:blank')
  await fresh.goto(url.trim())
  await fresh.getByTestId('take').click()
  await problem(fresh, 'handover-invalid').waitFor()
  must(new URL(fresh.url()).hash === '', 'the used code stays in the address bar')
  await fits(fresh)
  await shot(fresh, 'hand-over-refused')

  at('kept signed in, the old device sees the new one, on which nothing is changed unasked')
  await signIn(old, LOGIN, PASSWORD)
  await openAccount(old)
  await old.getByTestId('keep').click()
  await old.getByTestId('begin-hand-over').click()
  const again = await old.getByTestId('hand-over-url').textContent()
  await fresh.goto('about:blank')
  await signIn(fresh, NEWCOMER, 'nine lanterns over the canal')
  await fresh.goto('about:blank')
  await fresh.goto(again.trim())
  await fresh.getByTestId('take').click()
  await fresh.waitForURL(landed)
  await old.getByTestId('taken').waitFor()
  await old.locator('[data-testid=device][data-current=false]').waitFor()
}

await walk(async (browser) => {
  const page = await visit(browser, 'small', refused)
  await useFactor(page, await setUp(page))
  await beLocked(page)
  await changeFirst(page)
  const desk = await visit(browser, 'desktop', refused)
  const phone = await visit(browser, 'small', refused)
  await endDevices(desk, phone)
  await handOver(desk, phone)
})
