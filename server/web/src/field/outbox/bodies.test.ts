import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { commandBody, reportBody } from './bodies'
import type { ItemRecord, NewPhoto, PhotoRecord, ReportFields } from './shapes'
import { bySide, lackingSide, sideOf } from './sides'
import { OutboxStore } from './store'
import { addPhoto, beginDraft, saveDraft, setPart, submitDraft } from './writing'

const AT = { at: '2026-11-20T01:12:03.000Z', tick: 0, life: 'a' }
const DEVICE = { lat: 35.01, lon: 110.99, datum: 'wgs84', accuracy_m: 9 } as const

function taken(part?: 'scene' | 'after'): NewPhoto {
  return { blob: new Blob([new Uint8Array(8).fill(part === 'after' ? 2 : 1)], { type: 'image/jpeg' }), captured: AT, position: DEVICE, ...(part ? { part } : {}) }
}

let stores = 0
/** A device whose pages were started anew: only what was kept is there. */
async function restarted(name: string, id: string): Promise<{ item: ItemRecord; photos: PhotoRecord[] }> {
  const store = new OutboxStore(name)
  const item = await store.items.get(id)
  const photos = await store.photos.where({ item: id }).sortBy('order')
  store.close()
  return { item: item as ItemRecord, photos }
}

/** A draft with these photos and fields, sent; what lies in the queue after a restart. */
async function queued(fields: Partial<ReportFields>, shots: NewPhoto[], change: (store: OutboxStore, id: string) => Promise<void> = () => Promise.resolve()) {
  stores += 1
  const name = `bodies-${stores}`
  const store = new OutboxStore(name)
  const [first, ...more] = shots
  const said = { source: 'inspector', note: '' } as ReportFields
  const id = await beginDraft(store, { owner: 1, kind: 'report', fields: said }, first ? [first] : [])
  for (const shot of more) await addPhoto(store, id, shot)
  await change(store, id)
  await saveDraft(store, id, { ...said, ...fields })
  await submitDraft(store, id)
  store.close()
  return restarted(name, id)
}

const parts = (body: Record<string, unknown>): unknown[] => (body['photos'] as { part?: string }[]).map(({ part }) => part)

beforeEach(() => {
  const kept = new Map<string, string>()
  vi.stubGlobal('localStorage', { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => { kept.set(key, value) } })
})
afterEach(() => { vi.unstubAllGlobals() })

describe('the body of a report', () => {
  it('says of no photo which side it shows', async () => {
    const { item, photos } = await queued({}, [taken(), taken('scene')])
    const body = reportBody(item, photos)
    expect(parts(body)).toEqual([undefined, undefined])
    expect(body).not.toHaveProperty('self_handled')
  })

  it('shows what was fixed before and after, whatever was restarted in between', async () => {
    const { item, photos } = await queued({ self_handled: true }, [taken('scene'), taken('after'), taken('scene')])
    const body = reportBody(item, photos)
    expect(body['self_handled']).toBe(true)
    expect(parts(body)).toEqual(['before', 'after', 'before'])
  })

  it('is the same at every try but for its age and the time of sending', async () => {
    const { item, photos } = await queued({ self_handled: true }, [taken('scene'), taken('after')])
    const still = (): unknown => ({ ...reportBody(item, photos), captured_age_ms: null, sent_at: null })
    expect(still()).toEqual(still())
  })

  it('forgets the sides once it was not fixed after all', async () => {
    const { item, photos } = await queued({}, [taken('scene'), taken('after')])
    expect(parts(reportBody(item, photos))).toEqual([undefined, undefined])
  })

  it('takes a photo for the other side when its maker says so', async () => {
    const { item, photos } = await queued({ self_handled: true }, [taken('scene'), taken('scene')], async (store, id) => {
      const last = (await store.photos.where({ item: id }).sortBy('order')).at(-1)
      if (last) await setPart(store, last.id, 'after')
    })
    expect(parts(reportBody(item, photos))).toEqual(['before', 'after'])
  })

  it('takes photos of a draft from before the pages knew of sides for what was found', async () => {
    const { item, photos } = await queued({ self_handled: true }, [taken('scene'), taken('after')], async (store, id) => {
      const first = (await store.photos.where({ item: id }).sortBy('order'))[0]
      if (first) await store.photos.where({ id: first.id }).modify((photo) => { delete (photo as Partial<PhotoRecord>).part })
    })
    expect(photos[0]).not.toHaveProperty('part')
    expect(parts(reportBody(item, photos))).toEqual(['before', 'after'])
  })

  it('has where the device was beside where a person put the pin, with its accuracy', async () => {
    const pin = { lat: 35.02, lon: 111, datum: 'wgs84' } as const
    const { item, photos } = await queued({ position: pin, device_position: DEVICE }, [taken()])
    expect(reportBody(item, photos)).toMatchObject({ position: pin, device_position: DEVICE, photos: [{ position: DEVICE }] })
  })
})

it('a step of an issue says of its photos no side', async () => {
  const { item, photos } = await queued({}, [taken('scene')])
  const verified = { ...item, fields: { issue: 7, version: 3, verb: 'verify', passed: true, note: '' } } as ItemRecord
  expect(parts(commandBody(verified, photos))).toEqual([undefined])
})

describe('the sides of what was fixed', () => {
  it('are both wanted, the one from before first', () => {
    expect(lackingSide([])).toBe('before')
    expect(lackingSide([{ part: 'scene' }])).toBe('after')
    expect(lackingSide([{}])).toBe('after')
    expect(lackingSide([{ part: 'after' }])).toBe('before')
    expect(lackingSide([{}, { part: 'after' }])).toBeNull()
  })

  it('stand in order', () => {
    expect(bySide([{ part: 'after' }, { part: 'scene' }, {}]).map(sideOf)).toEqual(['before', 'before', 'after'])
  })
})
