import { describe, expect, it } from 'vitest'
import { failureWords } from './failureWords'

const t = (key: string, values?: Record<string, unknown>): string => `${key}${values ? JSON.stringify(values) : ''}`

describe('why a message was not taken', () => {
  it('is told in the reader\'s language where it is known', () => {
    expect(failureWords('it answered 503', t)).toBe('channel.failure.answered{"status":"503"}')
    expect(failureWords('no answer in time', t)).toBe('channel.failure.slow')
  })

  it('stays as the other side said it', () => {
    expect(failureWords('93000: invalid webhook url', t)).toBe('93000: invalid webhook url')
  })
})
