/*
 * Every page of every role, on both faces: it opens without a complaint of the browser, it fits a
 * screen of 360 px, and axe finds nothing serious in it.
 *
 *   BASE_URL=… PASSWORD=… LOGINS=inspector=ana,bureau=huanwei,… node tests/browser/every-page.mjs
 *
 * The admin's login among LOGINS has to be there. ONLY=/people and ROLE=admin limit the walk to some of it.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import process from 'node:process'
import { pagesOf, ROLES, samplesFor, settled, signIn } from './pages.mjs'
import { at, must, needs, shot, visit, walk } from './walk.mjs'

const [BASE_URL, PASSWORD, LOGINS] = needs('BASE_URL', 'PASSWORD', 'LOGINS')
const { ONLY = '', ROLE = '' } = process.env
const login = Object.fromEntries(LOGINS.split(',').map((pair) => pair.split('=')))
/** Read by the walk and handed to the page past its content policy, which would not let it load. */
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const wrong = []

/** What axe finds that keeps somebody out; drawings of a map are judged by their labels alone. */
async function looked(page) {
  await page.evaluate(AXE)
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }))
  return found.violations
    .filter((one) => one.impact === 'serious' || one.impact === 'critical')
    .flatMap((one) => one.nodes.slice(0, 3).map((node) => `${one.id}: ${node.target.join(' ')} ${node.failureSummary?.split('\n').slice(1, 2).join('') ?? ''}`))
}

async function opens(page, { path }, role) {
  at(`${role} opens ${path}`)
  await page.goto(`${BASE_URL}${path}`)
  await settled(page)
  must(!new URL(page.url()).pathname.endsWith('/signin'), 'it leads to the sign-in page')
  const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  if (over > 0) wrong.push(`${role} ${path}: ${over} px wider than the screen`)
  for (const finding of await looked(page)) wrong.push(`${role} ${path}: ${finding}`)
  await shot(page, `${role}${path.replaceAll('/', '-')}`)
}

await walk(async (browser) => {
  for (const role of ROLES.filter((one) => one.includes(ROLE))) {
    const samples = await samplesFor(BASE_URL, login[role], PASSWORD, login.admin)
    const pages = pagesOf(role, samples).filter(({ path }) => path.includes(ONLY))
    for (const face of new Set(pages.map((page) => page.face))) {
      const page = await visit(browser, 'small', () => false)
      // Nothing is judged half faded in.
      await page.emulateMedia({ reducedMotion: 'reduce' })
      at(`${role} signs in on the ${face}`)
      await signIn(page, BASE_URL, face, login[role], PASSWORD)
      for (const one of pages.filter((each) => each.face === face)) {
        try {
          await opens(page, one, role)
        } catch (error) {
          wrong.push(`${role} ${one.path}: ${error.message.split('\n')[0]}`)
        }
      }
      await page.context().close()
    }
  }
  must(wrong.length === 0, `${wrong.length} findings\n${wrong.join('\n')}`)
})
