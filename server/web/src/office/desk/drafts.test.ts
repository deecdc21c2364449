import 'fake-indexeddb/auto'
import { describe, expect, it, vi } from 'vitest'
import { forgetOldest, isBlank, keepDraft, lackOf, listDrafts, newDraft, type Draft } from './drafts'
import { bodyOf, noteOf } from './sendDraft'

// Both look into the browser's storage as they are loaded.
vi.mock('../../session', () => ({ authorisedFetch: () => undefined }))
vi.mock('../../i18n/locale', () => ({ locale: { value: 'zh' } }))

const place = { lat: 30.6, lon: 113.1, datum: 'wgs84' as const, accuracy_m: null, by: 'search' as const, name: '迎宾巷' }
const photo = { manifest: { photo_id: 'p', sha256: 'a', bytes: 1, media_type: 'image/png', captured_at: '2026-11-20T01:00:00Z' }, bytes: new Blob(['x']) }

describe('a draft of the desk', () => {
  it('is blank until something is put into it', () => {
    const draft = newDraft(7, 'chat_group')
    expect(isBlank(draft)).toBe(true)
    expect(isBlank({ ...draft, note: '垃圾' })).toBe(false)
    expect(isBlank({ ...draft, photos: [photo] })).toBe(false)
  })
  it('needs a place, and a picture or a note', () => {
    const draft = newDraft(7, 'leader')
    expect(lackOf(draft)).toBe('evidence')
    expect(lackOf({ ...draft, note: '垃圾' })).toBe('place')
    expect(lackOf({ ...draft, photos: [photo], place })).toBe(null)
  })
  it('names its place before the note, once', () => {
    expect(noteOf({ note: '垃圾没人收', place })).toBe('迎宾巷：垃圾没人收')
    expect(noteOf({ note: '迎宾巷垃圾没人收', place })).toBe('迎宾巷垃圾没人收')
    expect(noteOf({ note: ' ', place })).toBe('迎宾巷')
    expect(noteOf({ note: '垃圾', place: { ...place, name: null } })).toBe('垃圾')
  })
  it('is sent the same however often', () => {
    const draft: Draft = { ...newDraft(7, 'chat_group'), place, photos: [photo], handedInAt: '2026-11-20T02:00:00Z' }
    expect(bodyOf(draft)).toEqual(bodyOf({ ...draft }))
    expect(bodyOf(draft)).toMatchObject({ source: 'chat_group', captured_at: '2026-11-20T02:00:00Z', position: { lat: 30.6, lon: 113.1, datum: 'wgs84' } })
    expect(bodyOf(draft)).not.toHaveProperty('category')
  })
  it('is kept for its owner alone, with its pictures', async () => {
    const mine = { ...newDraft(7, 'chat_group'), note: '一', photos: [photo] }
    await keepDraft(mine)
    await keepDraft({ ...newDraft(8, 'chat_group'), note: '二' })
    const found = await listDrafts(7)
    expect(found.map((one) => one.note)).toEqual(['一'])
    expect(found[0]?.photos).toHaveLength(1)
  })
  it('is let go of among the oldest that arrived, never while it waits', async () => {
    for (let n = 0; n < 25; n += 1) await keepDraft({ ...newDraft(9, 'chat_group'), state: 'filed', handedInAt: `2026-11-20T02:00:${n + 10}Z` })
    await keepDraft({ ...newDraft(9, 'chat_group'), state: 'waiting', handedInAt: '2026-11-01T00:00:00Z' })
    await forgetOldest(9)
    const left = await listDrafts(9)
    expect(left.filter((one) => one.state === 'filed')).toHaveLength(20)
    expect(left.filter((one) => one.state === 'waiting')).toHaveLength(1)
  })
})
