import { describe, expect, it, vi } from 'vitest'
import { ref } from 'vue'

vi.mock('../../session', () => ({ account: ref(null) }))
vi.mock('../../api/client', () => ({ api: {} }))
const { standingOf } = await import('./claims')

const AT = '2026-11-20T03:00:00Z'
const NOW = Date.parse('2026-11-20T05:00:00Z')
const claim = (mine: boolean, until: string | null) => ({ mine, handed: false, until })
const held = { at: AT, tasks: { 1: claim(true, '2026-11-20T06:00:00Z'), 2: claim(true, '2026-11-20T05:00:00Z'), 3: claim(false, null) } }
const word = (issue: number, rectified: string, from: typeof held | null = held): string => standingOf(issue, rectified, NOW, from).word

describe('whose a task is, as far as the device knows', () => {
  it('is theirs until its time is over, and then still worth doing', () => {
    expect([word(1, AT), word(2, AT)]).toEqual(['mine', 'lapsed'])
  })
  it('is free where it was offered', () => { expect(word(3, AT)).toBe('free') })
  it('is in other hands where it was there and not offered', () => { expect(word(4, '2026-11-20T02:59:59Z')).toBe('others') })
  it('is not known of what was done since, and before the server was asked', () => {
    expect([word(4, '2026-11-20T03:00:01Z'), word(4, AT, null)]).toEqual(['unknown', 'unknown'])
  })
})
