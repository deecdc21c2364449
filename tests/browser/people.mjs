/*
 * One walk through people and devices: find somebody, make an account, change it, look after how its
 * owner signs in, take a list in, and make a machine's account whose secret is shown once.
 *
 *   BASE_URL=… ADMIN=admin OFFICE=office SOMEBODY=inspector01 PASSWORD=… node tests/browser/people.mjs
 *
 * SOMEBODY is signed in on a device by the walk, and signed out everywhere by it.
 */
import { signIn } from './pages.mjs'
import { at, atStep, fits, must, needs, shot, visit, walk } from './walk.mjs'

const [BASE_URL, ADMIN, OFFICE, SOMEBODY, PASSWORD] = needs('BASE_URL', 'ADMIN', 'OFFICE', 'SOMEBODY', 'PASSWORD')
const refused = (message) => /refused/.test(atStep()) && message.location().url.includes('/api/v1/')

/** A session of somebody's, as their phone has it, through the API alone. */
async function phone(login) {
  const answer = await fetch(`${BASE_URL}/api/v1/sessions`, {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ login, password: PASSWORD, device: '巡查手机' }),
  })
  must(answer.ok, `${login} cannot sign in: ${answer.status}`)
  return (await answer.json()).access_token
}

const asks = async (token) => (await fetch(`${BASE_URL}/api/v1/me`, { headers: { Authorization: `Bearer ${token}` } })).status

async function find(page, text) {
  await page.goto(`${BASE_URL}/people`)
  await page.getByTestId('people').waitFor()
  await page.getByTestId('search-people').fill(text)
  await page.waitForURL((url) => url.searchParams.get('text') === text)
}

async function create(page, login) {
  at('an account that cannot be is refused, and what was typed stays')
  await page.getByTestId('new-person').click()
  await page.getByTestId('person-login').fill(ADMIN)
  await page.getByTestId('person-name').fill('新来的')
  await page.getByTestId('save-person').click()
  await page.locator('[data-testid=problem][data-code=login-taken]').waitFor()
  must((await page.getByTestId('person-name').inputValue()) === '新来的', 'the name is gone')
  await fits(page)

  at('an account is made, and its password shown once')
  await page.getByTestId('person-login').fill(login)
  await page.getByTestId('save-person').click()
  await page.getByTestId('shown-once').waitFor()
  const [shown, password] = await page.getByTestId('secret-value').allInnerTexts()
  must(shown === login && password.length >= 16, `shown: ${shown}`)
  must(await page.getByTestId('secret-done').isDisabled(), 'it can be put away before it is kept')
  await shot(page, 'person-made')
  await page.getByTestId('secret-kept').click()
  await page.getByTestId('secret-done').click()
  await page.getByTestId('person-page').waitFor()

  at('its name is changed')
  await page.getByTestId('person-name').fill('新来的王芳')
  await page.getByTestId('save-person').click()
  await page.getByText('已保存').waitFor()
  await page.getByTestId('close-account').click()
  await page.getByTestId('close-account').click()
  await page.getByTestId('open-account').waitFor()
  await fits(page)
  await shot(page, 'person')
  await find(page, login)
  await page.getByTestId('person').filter({ hasText: '新来的王芳' }).waitFor()
}

async function lost(page) {
  at('a lost phone: whoever has it is signed out everywhere')
  const token = await phone(SOMEBODY)
  must((await asks(token)) === 200, 'the phone is not signed in')
  await find(page, SOMEBODY)
  await page.getByTestId('person').first().click()
  await page.getByTestId('person-device').first().waitFor()
  await shot(page, 'devices')
  await page.getByTestId('sign-out-everywhere').click()
  await page.getByTestId('sign-out-everywhere').click()
  await page.locator('[data-testid=person-devices][data-n="0"]').waitFor()
  must((await asks(token)) === 401, 'the phone is still signed in')
}

async function list(page, login) {
  at('a list is tried: who is new, who cannot be read')
  await page.goto(`${BASE_URL}/people/import`)
  const text = `账号,姓名,角色\n${login},名单里的人,巡查员\nbad one,坏行,没有这个角色\n`
  await page.getByTestId('people-file').setInputFiles({ name: '名单.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
  await page.locator('[data-testid=people-new][data-n="1"]').waitFor()
  must(await page.getByTestId('take-people').isDisabled(), 'it can be taken in with a refused row')
  await fits(page)
  await shot(page, 'people-list')

  at('taken in, its passwords can be saved once')
  await page.getByTestId('people-partial').click()
  await page.getByTestId('take-people').click()
  await page.getByTestId('people-done').waitFor()
  const saving = page.waitForEvent('download')
  await page.getByTestId('save-passwords').click()
  must((await saving).suggestedFilename().endsWith('.csv'), 'the passwords are not saved as CSV')
}

async function machine(page, name) {
  at('a machine gets an account, and its secret is shown once')
  await page.goto(`${BASE_URL}/machines`)
  await page.getByTestId('new-machine').click()
  await page.getByTestId('machine-name').fill(name)
  await page.getByTestId('save-machine').click()
  await page.getByTestId('shown-once').waitFor()
  const [client, secret] = await page.getByTestId('secret-value').allInnerTexts()
  const token = async () => (await fetch(`${BASE_URL}/api/v1/tokens`, {
    method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials', client_id: client, client_secret: secret }),
  })).status
  must((await token()) === 200, `the secret gives no token: ${await token()}`)
  await page.getByTestId('secret-kept').click()
  await page.getByTestId('secret-done').click()
  must((await page.getByText(secret).count()) === 0, 'the secret is still there')

  at('revoked, the secret gives no token any more')
  const card = page.getByTestId('machine').filter({ hasText: name })
  await card.getByTestId('revoke-secret').click()
  await card.getByTestId('revoke-secret').click()
  await card.locator('[data-testid=secret][data-good=false]').waitFor()
  must((await token()) === 401, 'a revoked secret gives a token')
  await fits(page)
  await shot(page, 'machines')
}

await walk(async (browser) => {
  for (const [screen, suffix] of [['desktop', 'a'], ['small', 'b']]) {
    const page = await visit(browser, screen, refused)
    await signIn(page, BASE_URL, 'console', ADMIN, PASSWORD)
    at('the list of people')
    await page.goto(`${BASE_URL}/people`)
    await page.getByTestId('people').waitFor()
    await fits(page)
    await shot(page, 'people')
    await create(page, `walker-${suffix}`)
    await lost(page)
    await list(page, `listed-${suffix}`)
    await machine(page, `走查系统 ${suffix}`)
    await page.context().close()
  }
  const other = await visit(browser, 'small', () => false)
  await signIn(other, BASE_URL, 'console', OFFICE, PASSWORD)
  at('people are the administrators’ business')
  await other.goto(`${BASE_URL}/machines`)
  await other.getByTestId('not-for-role').waitFor()
  await other.context().close()
})
