import { describe, expect, it } from 'vitest'
import { createI18n } from 'vue-i18n'
import type { Finding } from '../api/types'
import { en } from '../i18n/en'
import { zh } from '../i18n/zh'
import { findingText } from './findingWords'

const nothing: Finding = { code: '', blocking: true, by: null, seconds: null, metres: null, accuracy_m: null, percent: null, same_issue: null, issue: null }

function said(finding: Partial<Finding>): string[] {
  return (['zh', 'en'] as const).map((locale) => {
    const { t, te } = createI18n({ legacy: false, locale, messages: { zh, en } }).global
    return findingText({ ...nothing, ...finding }, { t: t as never, te: te as never })
  })
}

describe('a finding in words', () => {
  it('tells how long before, how far and how alike', () => {
    expect(said({ code: 'before-dispatch', by: 'camera', seconds: 11_520 })).toEqual(['按照片信息，拍摄于派遣前 3 小时 12 分', 'By what the camera wrote, taken 3 h 12 min before the dispatch'])
    expect(said({ code: 'too-far', by: 'device', metres: 640.2, accuracy_m: 20 })).toEqual(['按手机定位，距问题位置 640 米（±20 米）', 'By the phone’s position, 640 m from the issue (±20 m)'])
    expect(said({ code: 'copied', percent: 98.7, issue: 12, same_issue: false })).toEqual(['与问题 12 的照片画面 98% 相同', '98% the same picture as a photo of issue 12'])
  })

  it('names no issue that the reader may not see', () => {
    expect(said({ code: 'seen-before', percent: 100, issue: null, same_issue: false })).toEqual(['同一张照片已用于另一问题', 'The very same photo was sent with another issue'])
    expect(said({ code: 'copied', percent: 99, issue: 3, same_issue: true })[0]).toBe('与本问题此前的照片画面 99% 相同')
  })

  it('says a code that it does not know as it is', () => {
    expect(said({ code: 'upside-down' })).toEqual(['upside-down', 'upside-down'])
  })
})
