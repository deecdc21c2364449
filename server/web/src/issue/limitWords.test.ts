import { afterEach, expect, it, vi } from 'vitest'
import { locale } from '../i18n/locale'
import { limitWords } from './limitWords'

// The page's own asks the browser.
vi.mock('../i18n/locale', async () => ({ locale: (await import('vue')).ref('zh') }))
afterEach(() => { locale.value = 'zh' })

it('says a limit in the reader’s language, stage after stage', () => {
  expect(limitWords('2紧急工作时+5工作日')).toBe('2紧急工作时，然后5工作日')
  locale.value = 'en'
  expect(limitWords('2紧急工作时+5工作日')).toBe('2 urgent hours, then 5 working days')
  expect(limitWords('1自然日')).toBe('1 calendar day')
  expect(limitWords('尽快')).toBe('尽快')
  expect(limitWords('')).toBe('')
})
