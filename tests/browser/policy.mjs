/*
 * The content policy: it allows neither inline code nor inline style nor eval, every page is sent with
 * it, and the description of the API can be read and tried under it.
 *
 *   BASE_URL=… node tests/browser/policy.mjs
 */
import { at, atStep, must, needs, shot, visit, walk } from './walk.mjs'

const [BASE_URL] = needs('BASE_URL')

/** What the policy stops: a script on purpose, and a style that Swagger's bundle brings and does without. */
const refused = (message) => atStep().startsWith('a script') || message.location().url.includes('/swagger-ui-bundle.js')

await walk(async (browser) => {
  for (const path of ['/', '/m/', '/api/v1/health', '/api/v1/docs/']) {
    at(`${path} is sent with the policy`)
    const policy = (await fetch(`${BASE_URL}${path}`)).headers.get('content-security-policy') ?? ''
    must(/default-src 'self'/.test(policy), `the policy is “${policy}”`)
    must(!/unsafe-inline|unsafe-eval|\*|https?:/.test(policy), `the policy allows too much: ${policy}`)
  }
  const page = await visit(browser, 'desktop', refused)
  const elsewhere = []
  page.on('request', (request) => { if (/^https?:/.test(request.url()) && !request.url().startsWith(BASE_URL)) elsewhere.push(request.url()) })
  at('the description of the API is readable under it')
  await page.goto(`${BASE_URL}/api/v1/docs/`)
  await page.locator('.opblock').first().waitFor()
  await page.locator('.opblock-summary').first().click()
  await page.locator('.opblock-body').first().waitFor()
  await shot(page, 'docs')
  at('a script that was slipped in does not run')
  await page.evaluate(() => {
    const script = document.createElement('script')
    script.textContent = 'window.slippedIn = true'
    // What the browser says of it is what is asked for, not a complaint.
    window.addEventListener('securitypolicyviolation', () => { window.stopped = true })
    document.head.append(script)
  }).catch(() => undefined)
  must((await page.evaluate(() => window.slippedIn)) !== true, 'it ran')
  must(elsewhere.length === 0, `asked elsewhere: ${elsewhere.join(' ')}`)
  await page.context().close()
})
