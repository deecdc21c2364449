/*
 * Pictures of every page of every role, on three screens and in both languages, to be looked at.
 *
 *   BASE_URL=… PASSWORD=… LOGINS=inspector=inspector01,… node tests/browser/screenshots.mjs FOLDER
 *
 * `make screenshots` starts a demonstration district for it.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { pagesOf, ROLES, samplesFor, settled, signIn } from './pages.mjs'
import { at, needs, visit, walk } from './walk.mjs'

const [BASE_URL, PASSWORD, LOGINS] = needs('BASE_URL', 'PASSWORD', 'LOGINS')
const { ONLY = '', ROLE = '', LANGUAGES = 'zh,en' } = process.env
const folder = process.argv[2] ?? 'screenshots'
const login = Object.fromEntries(LOGINS.split(',').map((pair) => pair.split('=')))
const SIZES = [[360, 780], [1366, 768], [1920, 1080]]

/** A page as it was drawn at each size; what does not come is told, and the others are taken. */
async function taken(page, role, language, path) {
  at(`${role} ${language} ${path}`)
  for (const [width, height] of SIZES) {
    await page.setViewportSize({ width, height })
    try {
      if (width === SIZES[0][0]) await page.goto(`${BASE_URL}${path}`)
      await settled(page)
    } catch (error) {
      process.stdout.write(`  ${error.message.split('\n')[0]}\n`)
    }
    const into = join(folder, `${width}x${height}`, language)
    mkdirSync(into, { recursive: true })
    await page.screenshot({ path: join(into, `${role}${path.replaceAll('/', '-').replace(/-$/, '')}.png`) })
  }
}

await walk(async (browser) => {
  for (const role of ROLES.filter((one) => one.includes(ROLE))) {
    const samples = await samplesFor(BASE_URL, login[role], PASSWORD, login.admin)
    const pages = pagesOf(role, samples).filter(({ path }) => path.includes(ONLY))
    for (const language of LANGUAGES.split(',')) {
      for (const face of new Set(pages.map((page) => page.face))) {
        // A picture of what went wrong is a picture too.
        const page = await visit(browser, 'desktop', () => true)
        await page.addInitScript((chosen) => localStorage.setItem('zhoubian.locale', chosen), language)
        await signIn(page, BASE_URL, face, login[role], PASSWORD)
        for (const one of pages.filter((each) => each.face === face)) await taken(page, role, language, one.path)
        await page.context().close()
      }
    }
  }
})
