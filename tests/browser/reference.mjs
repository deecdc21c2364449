/*
 * One walk through reference data: browse and search what is loaded, try an import out, see what
 * becomes of every row and which open issues it touches, take it in, and watch them follow.
 *
 *   BASE_URL=… ADMIN=admin OFFICE=office BUREAU=huanwei PASSWORD=… node tests/browser/reference.mjs
 *
 * BUREAU is also the code of a bureau that the walk renames.
 */
import { signIn } from './pages.mjs'
import { at, fits, must, needs, shot, visit, walk } from './walk.mjs'

const [BASE_URL, ADMIN, OFFICE, BUREAU, PASSWORD] = needs('BASE_URL', 'ADMIN', 'OFFICE', 'BUREAU', 'PASSWORD')
const HEADER = 'code,name,name_en,kind,authority,area,group'

/** A list of bureaus as somebody would drop it: one renamed, one new, one that cannot be read. */
function bureaus(lines) {
  return { name: '责任单位.csv', mimeType: 'text/csv', buffer: Buffer.from(`${HEADER}\n${lines.join('\n')}\n`) }
}

async function sum(page, fate) {
  return Number(await page.getByTestId(`sum-${fate}`).getAttribute('data-n'))
}

async function browse(page) {
  at('what is loaded is listed, and found by a word of it')
  await page.goto(`${BASE_URL}/reference/bureaus`)
  const rows = page.locator('[data-testid=reference-set][data-set=bureaus] [data-testid=row]')
  await rows.first().waitFor()
  const all = await rows.count()
  await page.getByTestId('search-items').fill(BUREAU)
  await page.waitForURL((url) => url.searchParams.get('text') === BUREAU)
  must((await rows.count()) < all && (await rows.count()) > 0, `${await rows.count()} of ${all} rows are found`)
  await fits(page)
  await shot(page, 'reference')

  at('every set opens')
  for (const set of ['areas', 'points', 'places', 'categories', 'site-kinds', 'sites', 'facilities', 'permitted-zones', 'cameras', 'duties']) {
    await page.getByTestId(`set-${set}`).click()
    await page.locator(`[data-testid=reference-set][data-set=${set}]`).getByTestId('row').first().or(page.getByTestId('empty')).waitFor()
    await fits(page)
  }
}

async function tryOut(page, name, code) {
  at('a dropped file is tried at once: every row has its fate, and nothing is written')
  await page.goto(`${BASE_URL}/reference/import`)
  await page.getByTestId('import-files').setInputFiles(bureaus([
    `${BUREAU},${name},Renamed,bureau,D,,departments`, `${code},新设的单位,New,bureau,D,,departments`, 'walk-bad,坏行,Bad,bureau,Z,,departments',
  ]))
  await page.getByTestId('plan').waitFor()
  must((await sum(page, 'changed')) === 1 && (await sum(page, 'added')) === 1 && (await sum(page, 'refused')) === 1, 'the rows have other fates')
  await page.getByTestId('fate-refused').click()
  must((await page.getByTestId('row').count()) === 1, 'the refused row is not alone')
  must((await page.getByTestId('row').innerText()).includes('Z'), 'the reason is not told')
  await page.getByTestId('touches').waitFor()
  await fits(page)
  await shot(page, 'dry-run')
}

async function takeIn(page) {
  at('refused rows keep the import out until they are left out on purpose')
  must(await page.getByTestId('take-import').isDisabled(), 'it can be taken in with a refused row')
  await page.getByTestId('skip-refused').click()
  await page.getByTestId('take-import').click()
  await page.getByTestId('imported').waitFor()

  at('open issues follow until none is left')
  await page.locator('[data-testid=following][data-left="0"]').waitFor({ timeout: 60_000 })
  await fits(page)
  await shot(page, 'imported')

  at('the import stands in the log, and the bureau has its new name')
  await page.goto(`${BASE_URL}/reference/imports`)
  await page.getByTestId('imports').getByText('责任单位.csv').first().waitFor()
  await fits(page)
  await page.goto(`${BASE_URL}/reference/bureaus?text=${BUREAU}`)
  await page.getByText('改了名的中心').first().waitFor()

  at('the same file again changes nothing')
  await page.goto(`${BASE_URL}/reference/import?kind=bureaus`)
  await page.getByTestId('import-files').setInputFiles(bureaus([`${BUREAU},改了名的中心,Renamed,bureau,D,,departments`]))
  await page.getByTestId('take-in').waitFor()
  must((await page.getByTestId('take-import').count()) === 0, 'what changes nothing can be taken in')
}

await walk(async (browser) => {
  const page = await visit(browser, 'desktop', () => false)
  await signIn(page, BASE_URL, 'console', ADMIN, PASSWORD)
  await browse(page)
  await tryOut(page, '改了名的中心', `walk-${BUREAU}`)
  await takeIn(page)
  await page.context().close()

  const small = await visit(browser, 'small', () => false)
  await signIn(small, BASE_URL, 'console', OFFICE, PASSWORD)
  await browse(small)
  await tryOut(small, '再改名的中心', `walk-${BUREAU}-2`)
  at('the office tries, and an administrator takes in')
  await small.getByTestId('admin-only').waitFor()
  must((await small.getByTestId('take-import').count()) === 0, 'the office can take it in')
  await small.context().close()

  const other = await visit(browser, 'small', () => false)
  await signIn(other, BASE_URL, 'console', BUREAU, PASSWORD)
  at('a bureau is told that the page is not for it')
  await other.goto(`${BASE_URL}/reference`)
  await other.getByTestId('not-for-role').waitFor()
  await fits(other)
  await shot(other, 'not-for-role')
  await other.context().close()
})
