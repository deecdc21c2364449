/*
 * What the walks through the pages share: a browser, screens, steps with names, and the rule that
 * whatever the browser complains about is a failure.
 *
 * CHROMIUM names the browser (default /usr/bin/chromium); SHOTS a folder for pictures.
 * A walk exits 0 when every step held, 1 naming the step when one did not, 2 when it was not set up.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { chromium } from 'playwright-core'

const { CHROMIUM = '/usr/bin/chromium', SHOTS } = process.env

/** A telephone's screen and a desk's. */
export const SCREENS = {
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
  small: { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
  desktop: { viewport: { width: 1440, height: 900 } },
}

let screen = 'no screen'
let step = 'starting the browser'
const troubles = []

/** The environment's variables of these names; ends the program when one is missing. */
export function needs(...names) {
  const missing = names.filter((name) => !process.env[name])
  if (missing.length === 0) return names.map((name) => process.env[name])
  process.stderr.write(`not set: ${missing.join(', ')}\n`)
  process.exit(2)
}

/** Begins a step. */
export function at(name) {
  step = name
  process.stdout.write(`- ${screen}: ${name}\n`)
}

/** The step under way. */
export function atStep() {
  return step
}

/** Fails the step when something does not hold. */
export function must(holds, what) {
  if (!holds) throw new Error(what)
}

/** A picture of the page, when pictures are wanted. */
export async function shot(page, name) {
  if (!SHOTS) return
  mkdirSync(SHOTS, { recursive: true })
  await page.screenshot({ path: join(SHOTS, `${screen}-${name}.png`) })
}

/** What sticks out of the screen, the innermost five. */
function sticking(page) {
  return page.evaluate(() => {
    const width = Math.min(window.innerWidth, screen.width)
    const out = [...document.querySelectorAll('body *')].filter((one) => {
      // What a box holds may stick out of it.
      const box = one.getBoundingClientRect()
      return Math.max(box.right, box.left + one.scrollWidth) > width + 0.5 && box.width > 1
    })
    return out.filter((one) => !out.some((other) => other !== one && one.contains(other)))
      .slice(0, 5).map((one) => `${one.tagName.toLowerCase()}.${one.className} “${(one.textContent ?? '').trim().slice(0, 20)}”`)
  })
}

/** A page wider than its screen has to be pushed about with the thumb. */
export async function fits(page) {
  // A telephone's browser makes the window as wide as the page.
  const over = await page.evaluate(() => document.documentElement.scrollWidth - Math.min(window.innerWidth, screen.width))
  if (over > 0) throw new Error(`the page is ${over} px wider than the screen: ${(await sticking(page)).join(', ')}`)
}

/**
 * A browser window of its own with nothing remembered. The browser calls every refusal of the
 * server an error: `refused` tells those that a walk asks for. `more` are the browser's options.
 */
export async function visit(browser, name, refused, more = {}) {
  screen = name
  const context = await browser.newContext({ ...SCREENS[name], locale: 'zh-CN', ...more })
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  page.on('pageerror', (error) => troubles.push(`${screen}, at “${step}”: script error: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() !== 'error' || refused(message)) return
    troubles.push(`${screen}, at “${step}”: ${message.text()} (${message.location().url})`)
  })
  return page
}

/** Has the pages take the server's clock to say this, in seconds since 1970, and go on from there: a town lives at a time of its own. */
export async function livesAt(page, now) {
  await page.addInitScript((seconds) => {
    const began = Date.now()
    const told = Headers.prototype.get
    Headers.prototype.get = function get(name) {
      return name.toLowerCase() === 'date' ? new Date(seconds * 1000 + Date.now() - began).toUTCString() : told.call(this, name)
    }
  }, Number(now))
}

/** Pictures of every page as it is when a walk fails. */
async function showWhere(browser) {
  for (const [number, page] of (browser?.contexts().flatMap((context) => context.pages()) ?? []).entries()) {
    // A page that cannot be shown must not hide why the walk failed.
    await shot(page, `failed-${number}`).catch(() => undefined)
  }
}

/** Walks, and tells how it ended; `more` are arguments of the browser. */
export async function walk(steps, more = []) {
  let browser
  try {
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', ...more],
    })
    await steps(browser)
    must(troubles.length === 0, 'the browser complained')
    process.stdout.write('every step held\n')
  } catch (error) {
    await showWhere(browser)
    process.stderr.write(`FAILED, ${screen}, at “${step}”: ${error.message}\n${troubles.join('\n')}\n`)
    process.exitCode = 1
  } finally {
    await browser?.close()
    // Whatever a walk still has open must not keep a failure from being told.
    process.exit()
  }
}
