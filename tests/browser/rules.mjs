/*
 * One walk through the routing rules: read those in force, change a draft, have it checked, try it with
 * past issues, see which open ones it touches, and publish it.
 *
 *   BASE_URL=… ADMIN=admin OFFICE=office FROM=huanwei TO=shizheng PASSWORD=… node tests/browser/rules.mjs
 *
 * Some rule leads to FROM; in the draft it leads to TO.
 */
import { signIn } from './pages.mjs'
import { at, atStep, fits, must, needs, shot, visit, walk } from './walk.mjs'

const [BASE_URL, ADMIN, OFFICE, FROM, TO, PASSWORD] = needs('BASE_URL', 'ADMIN', 'OFFICE', 'FROM', 'TO', 'PASSWORD')

async function opened(page) {
  await page.goto(`${BASE_URL}/rules/draft`)
  const draft = page.getByTestId('draft')
  await page.waitForFunction(() => document.querySelector('[data-testid=draft]')?.value.includes('[[rule]]'))
  return draft
}

async function check(page, draft) {
  at('what is wrong with a draft is told by line, and what cannot be read is refused with its line')
  const good = await draft.inputValue()
  await draft.fill(`${good}\n[[rule]]\nname = "错"\nlead = "nobody"\nwhen = { category = ["9999"] }\n`)
  await page.getByTestId('same-version').waitFor()
  await page.getByTestId('lint').click()
  await page.getByTestId('linted').waitFor()
  must(Number(await page.getByTestId('linted').getAttribute('data-errors')) > 0, 'nothing is found in it')
  await fits(page)
  await shot(page, 'rules-lint')
  await draft.fill(`${good}\n[[rule`)
  await page.getByTestId('lint').click()
  await page.locator('[data-testid=problem][data-code=rules-unreadable]').waitFor()
  return good
}

async function tryOut(page, draft, good) {
  at('the draft is tried with past issues: how many go elsewhere, and which')
  const moved = good.replace(`lead = "${FROM}"`, `lead = "${TO}"`).replace(/^version = .*/m, 'version = "走查-草稿"')
  must(moved !== good, `no rule leads to ${FROM}`)
  await draft.fill(moved)
  await page.getByTestId('try-rules').click()
  await page.getByTestId('tried').waitFor()
  must(Number(await page.getByTestId('tried').getAttribute('data-changed')) > 0, 'no issue goes elsewhere')
  await page.getByTestId('pick-bureau').first().click()
  await page.getByTestId('examples').getByRole('link').first().waitFor()
  await fits(page)
  await shot(page, 'rules-tried')

  at('a draft survives a reload')
  await page.reload()
  await page.waitForFunction(() => document.querySelector('[data-testid=draft]')?.value.includes('走查-草稿'))
}

async function publish(page) {
  at('tried, it is published, and open issues follow')
  await page.getByTestId('try-rules').click()
  await page.getByTestId('dry-publish').click()
  await page.getByTestId('publish').getByTestId('touches').waitFor()
  await page.getByTestId('publish-rules').click()
  await page.getByTestId('publish-rules').click()
  await page.getByTestId('imported').waitFor()
  await page.goto(`${BASE_URL}/rules`)
  await page.locator('[data-testid=rules][data-version="走查-草稿"]').waitFor()
}

await walk(async (browser) => {
  for (const [screen, login] of [['small', OFFICE], ['desktop', ADMIN]]) {
    const page = await visit(browser, screen, (message) => atStep().includes('refused') && message.location().url.includes('/routing:lint'))
    await signIn(page, BASE_URL, 'console', login, PASSWORD)
    at('the rules in force are read as a table')
    await page.goto(`${BASE_URL}/rules`)
    await page.getByTestId('rule-table').getByTestId('row').first().waitFor()
    await fits(page)
    await shot(page, 'rules')
    const draft = await opened(page)
    await tryOut(page, draft, await check(page, draft))
    if (login === ADMIN) await publish(page)
    await page.context().close()
  }
})
