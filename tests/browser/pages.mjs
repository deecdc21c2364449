/*
 * Every page there is, read from where the pages are named: `router.ts` and `nav.ts` of the console,
 * `field/router.ts` of the handheld. A page that is added is looked at without being listed again.
 */
import { readFileSync } from 'node:fs'
import { livesAt, must, visit } from './walk.mjs'

const WEB = new URL('../../server/web/src/', import.meta.url)
const read = (path) => readFileSync(new URL(path, WEB), 'utf8')
export const ROLES = ['inspector', 'bureau', 'office', 'supervisor', 'admin']

/** Pages whose address alone is not the page: they lead on, or want something in hand first. */
const LEADS_ON = new Set(['console home', 'console signin', 'console handover', 'console duty', 'field signin'])

/** The routes of a router: name, path, and the navigation's item they belong to. */
function routes(file, face) {
  const lines = read(file).split('\n').filter((line) => /^\s+\{ path: '/.test(line) && /^\s+\{ path: '[^']+', name: '/.test(line))
  return lines.filter((line) => !line.includes('redirect:')).map((line) => {
    const name = /name: '([^']+)'/.exec(line)[1]
    return { face, name, path: /path: '([^']+)'/.exec(line)[1], nav: /nav: '([^']+)'/.exec(line)?.[1] ?? name }
  })
}

/** Whom each item of the navigation is for. */
function roles() {
  const source = read('nav.ts')
  const found = new Map()
  for (const [, name, list] of source.matchAll(/\{ name: '([^']+)', roles: (ALL|\[[^\]]*\])/g)) {
    found.set(name, list === 'ALL' ? ROLES : ROLES.filter((role) => list.includes(`'${role}'`)))
  }
  must(found.size > 0, 'nav.ts is written otherwise now')
  return found
}

/** What stands in an address for one of its parts. */
function filled({ face, name, path }, samples) {
  const known = { issue: samples.issue, verify: samples.issue, known: samples.issue, person: samples.account, 'reference-imported': samples.import, card: samples.card, bulletin: samples.bulletin, sent: samples.report }
  const one = path.replace(/:set\?/, 'categories').replace(/:code\b/, samples.point).replace(/:id(\(\\\\d\+\))?/, () => known[name] ?? samples.issue)
  return face === 'field' ? `/m${one === '/' ? '/' : one}` : one
}

/** The pages of a role, each with the address to open; the console's, then the handheld's. */
export function pagesOf(role, samples) {
  const allowed = roles()
  const all = [...routes('router.ts', 'console'), ...routes('field/router.ts', 'field')]
  must(all.length > 20, 'the routers are written otherwise now')
  return all
    .filter((page) => !LEADS_ON.has(`${page.face} ${page.name}`))
    .filter((page) => (page.face === 'field' ? role === 'inspector' || role === 'supervisor' : allowed.get(page.nav)?.includes(role) ?? true))
    .filter((page) => !(page.name === 'reference-imported' && samples.import === null))
    .filter((page) => !(page.name === 'card' && samples.card === null))
    .filter((page) => !(page.name === 'bulletin' && samples.bulletin === null))
    .map((page) => ({ ...page, path: filled(page, samples) }))
}

/** Signs in on a face's own page. */
export async function signIn(page, base, face, login, password) {
  await page.goto(`${base}${face === 'field' ? '/m/signin' : '/signin'}`)
  await page.getByTestId('login').fill(login)
  await page.getByTestId('password').fill(password)
  await page.getByTestId('submit').click()
  await page.waitForURL((url) => !url.pathname.endsWith('/signin'))
}

/**
 * Has people act one after the other, each signed in in a window of their own, at the server's time `now` in seconds since 1970.
 * An answer of `status` is asked for, which the browser calls an error; a rendition may still be made.
 */
export function takeTurns({ base, password, now, status = 409 }) {
  const expected = (message) => message.text().includes(`status of ${status}`) || /\/(thumbnail|large)$/.test(message.location().url)
  return async (browser, screen, login, does, face = 'console') => {
    const page = await visit(browser, screen, expected)
    await livesAt(page, Number(now))
    await signIn(page, base, face, login, password)
    await does(page)
    await page.context().close()
  }
}

/** Waits until a page has what it asked for: nothing is busy, and something can be read. */
export async function settled(page) {
  await page.waitForLoadState('load')
  await page.waitForFunction(() => {
    const busy = [...document.querySelectorAll('[aria-busy=true], .el-skeleton, .van-loading, [data-testid=map][data-drawn=false]')].some((one) => one.checkVisibility())
    return !busy && (document.body.innerText ?? '').trim().length > 0
  }, undefined, { timeout: 20_000 })
  await page.waitForTimeout(500)
}

/** Numbers to put into addresses: an issue that a person sees, an account, a point, an import. */
export async function samplesFor(base, login, password, admin) {
  const token = async (who) => {
    const answer = await fetch(`${base}/api/v1/sessions`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ login: who, password, device: 'every page' }) })
    must(answer.ok, `${who} cannot sign in: ${answer.status}`)
    return (await answer.json()).access_token
  }
  const asker = (bearer) => async (path) => (await fetch(`${base}/api/v1${path}`, { headers: { Authorization: `Bearer ${bearer}` } })).json()
  const gets = asker(await token(login))
  const asAdmin = asker(await token(admin))
  const issues = (await gets('/issues?open=true&limit=1')).items
  must(issues.length > 0, `${login} sees no open issue`)
  const { items: [point] } = await gets('/points')
  const { items: [account] } = await asAdmin('/accounts?limit=1')
  const { items: [imported] } = await asAdmin('/reference-imports?limit=1')
  const card = (await gets('/cards?limit=1')).items?.[0]
  const bulletin = (await gets('/bulletins?limit=1')).items?.[0]
  return { bulletin: bulletin ? String(bulletin.id) : null, card: card ? String(card.id) : null, issue: String(issues[0].id), point: point.code, account: String(account.id), import: imported ? String(imported.id) : null, report: '00000000-0000-7000-8000-000000000000' }
}
