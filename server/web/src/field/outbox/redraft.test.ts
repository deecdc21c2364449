import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { NewPhoto, ReportFields } from './shapes'
import { OutboxStore } from './store'
import { enqueue, redraft } from './writing'

const shot: NewPhoto = { blob: new Blob([new Uint8Array(9)], { type: 'image/jpeg' }), captured: { at: '2026-11-20T01:12:03.000Z', tick: 0, life: 'a' }, part: 'after' }
const REASON = { status: 422, code: 'category-unknown', title: '', detail: '', hint: '' }
let store: OutboxStore
let stores = 0

beforeEach(() => {
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined })
  stores += 1
  store = new OutboxStore(`redraft-${stores}`)
})
afterEach(() => { store.close(); vi.unstubAllGlobals() })

function refused(change: object = {}): Promise<string> {
  return enqueue(store, { owner: 1, kind: 'report', fields: { source: 'inspector', note: '西门' } as ReportFields, label: '暴露垃圾' }, [shot])
    .then(async (id) => { await store.items.update(id, { state: 'refused', reason: REASON, attempts: 3, ...change }); return id })
}

it('a refused report becomes a draft of its own, with its words and photos', async () => {
  const id = await refused()
  const draft = await redraft(store, id) as string
  expect(draft).not.toBe(id)
  expect(await store.items.toArray()).toMatchObject([{ id: draft, state: 'draft', reason: null, attempts: 0, label: '暴露垃圾', fields: { note: '西门' } }])
  const photos = await store.photos.where({ item: draft }).toArray()
  expect(photos).toMatchObject([{ part: 'after', upload_path: null }])
  expect((await store.contents.get(photos[0]?.id ?? ''))?.content.byteLength).toBe(9)
})

it('what the server has stays as it was sent', async () => {
  const id = await refused({ is_taken: true })
  expect(await redraft(store, id)).toBeNull()
  expect((await store.items.get(id))?.state).toBe('refused')
})
