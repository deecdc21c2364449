import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { newId } from '../../api/newId'
import { momentNow } from './moments'
import type { Fields, ItemRecord, Kind, Moment, NewPhoto, Part, PhotoRecord } from './shapes'
import type { OutboxStore } from './store'

/** Nothing was kept: the device has no room for it. What the person made is still in the screen's hands. */
export class NoRoom extends Error {}

async function orNoRoom<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (thrown) {
    const { name, inner } = thrown as Error & { inner?: Error }
    if (name === 'QuotaExceededError' || inner?.name === 'QuotaExceededError') throw new NoRoom()
    throw thrown
  }
}

/** What an item begins from. */
export interface Beginning<K extends Kind> {
  owner: number
  kind: K
  fields: Fields[K]
  label?: string
  captured?: Moment
}

/** A copy without the proxies that a screen's reactive values are: those cannot be kept. */
function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T
}

function itemFrom<K extends Kind>({ owner, kind, fields, label, captured }: Beginning<K>): ItemRecord<K> {
  const now = Date.now()
  return {
    id: newId(), owner, kind, fields: plain(fields), label: label ?? '', captured: plain(captured ?? momentNow()), state: 'draft', made_at: now, changed_at: now,
    is_taken: false, outcome: null, attempts: 0, not_before: 0, refusals: 0, reason: null,
  }
}

async function photoFrom(item: ItemRecord, order: number, photo: NewPhoto): Promise<{ record: PhotoRecord; content: ArrayBuffer }> {
  const content = await photo.blob.arrayBuffer()
  const record: PhotoRecord = {
    id: newId(), item: item.id, owner: item.owner, order, part: photo.part ?? 'scene',
    // In script rather than by `crypto.subtle`, which browsers hide on plain-http addresses.
    sha256: bytesToHex(sha256(new Uint8Array(content))), bytes: content.byteLength, media_type: photo.blob.type || 'image/jpeg',
    captured: plain(photo.captured), position: plain(photo.position ?? null), sent: 0, is_sent: false, is_gone: false, mismatches: 0, upload_path: null,
  }
  return { record, content }
}

/** Writes an item, its photos and their bytes: all of it is on the device when this returns, or nothing. */
async function keep(store: OutboxStore, item: ItemRecord, photos: NewPhoto[]): Promise<void> {
  const made = await Promise.all(photos.map((photo, order) => photoFrom(item, order, photo)))
  await orNoRoom(store.transaction('rw', store.items, store.photos, store.contents, async () => {
    await store.items.put(item)
    for (const { record, content } of made) {
      await store.photos.put(record)
      await store.contents.put({ photo: record.id, content })
    }
  }))
}

/** Keeps something whole, to go out by itself. */
export async function enqueue<K extends Kind>(store: OutboxStore, beginning: Beginning<K>, photos: NewPhoto[]): Promise<string> {
  const item: ItemRecord = { ...itemFrom(beginning), state: 'waiting' }
  await keep(store, item, photos)
  return item.id
}

/** Begins a draft: it survives a kill from here on. */
export async function beginDraft<K extends Kind>(store: OutboxStore, beginning: Beginning<K>, photos: NewPhoto[]): Promise<string> {
  const item: ItemRecord = itemFrom(beginning)
  await keep(store, item, photos)
  return item.id
}

/** Writes down what a draft says now. What was sent once is never changed. */
export async function saveDraft<K extends Kind>(store: OutboxStore, id: string, fields: Fields[K], label?: string): Promise<void> {
  const change: Partial<ItemRecord> = { fields: plain(fields), changed_at: Date.now(), ...(label === undefined ? {} : { label }) }
  await orNoRoom(store.transaction('rw', store.items, async () => {
    const item = await store.items.get(id)
    if (item?.state === 'draft') await store.items.update(id, change)
  }))
}

/** Adds a photo to a draft; its id. */
export async function addPhoto(store: OutboxStore, id: string, photo: NewPhoto): Promise<string> {
  const item = await store.items.get(id)
  if (item?.state !== 'draft') throw new Error('no such draft')
  const { record, content } = await photoFrom(item, 0, photo)
  await orNoRoom(store.transaction('rw', store.items, store.photos, store.contents, async () => {
    if ((await store.items.get(id))?.state !== 'draft') throw new Error('no such draft')
    const others = await store.photos.where({ item: id }).toArray()
    record.order = Math.max(-1, ...others.map(({ order }) => order)) + 1
    await store.photos.put(record)
    await store.contents.put({ photo: record.id, content })
  }))
  return record.id
}

/** Puts other bytes in the place of a draft's photo, such as one with an arrow drawn on it. */
export async function replacePhoto(store: OutboxStore, photoId: string, blob: Blob): Promise<void> {
  const content = await blob.arrayBuffer()
  const digest = bytesToHex(sha256(new Uint8Array(content)))
  await orNoRoom(store.transaction('rw', store.items, store.photos, store.contents, async () => {
    const photo = await store.photos.get(photoId)
    const item = photo && (await store.items.get(photo.item))
    if (item?.state !== 'draft') return
    await store.photos.update(photoId, { sha256: digest, bytes: content.byteLength, media_type: blob.type || 'image/jpeg' })
    await store.contents.put({ photo: photoId, content })
  }))
}

/** Says what a draft's photo was taken for. */
export async function setPart(store: OutboxStore, photoId: string, part: Part): Promise<void> {
  await store.transaction('rw', store.items, store.photos, async () => {
    const photo = await store.photos.get(photoId)
    const item = photo && (await store.items.get(photo.item))
    if (item?.state === 'draft') await store.photos.update(photoId, { part })
  })
}

/** Takes a photo out of a draft. */
export async function removePhoto(store: OutboxStore, photoId: string): Promise<void> {
  await store.transaction('rw', store.items, store.photos, store.contents, async () => {
    const photo = await store.photos.get(photoId)
    const item = photo && (await store.items.get(photo.item))
    if (item?.state !== 'draft') return
    await store.photos.delete(photoId)
    await store.contents.delete(photoId)
  })
}

async function change(store: OutboxStore, id: string, from: ItemRecord['state'][], to: Partial<ItemRecord>): Promise<boolean> {
  return store.transaction('rw', store.items, async () => {
    const item = await store.items.get(id)
    if (!item || !from.includes(item.state)) return false
    await store.items.update(id, { ...to, changed_at: Date.now() })
    return true
  })
}

const AFRESH = { attempts: 0, not_before: 0, refusals: 0, reason: null }

/** Has a draft go out; `captured` is the moment it tells of, where that is not its beginning. */
export function submitDraft(store: OutboxStore, id: string, captured?: Moment): Promise<boolean> {
  return change(store, id, ['draft'], { state: 'waiting', ...(captured ? { captured } : {}) })
}

/** Stops an item until its owner goes on with it. */
export function pause(store: OutboxStore, id: string): Promise<boolean> {
  return change(store, id, ['waiting'], { state: 'paused' })
}

/** Goes on with an item, now: one that was paused, that waits out a pause, or that was refused. */
export function resume(store: OutboxStore, id: string): Promise<boolean> {
  return change(store, id, ['paused', 'refused', 'waiting'], { state: 'waiting', ...AFRESH })
}

/**
 * Cuts short what waits only because nobody could be reached: the network is back, or its owner looks.
 * What the server asked to wait is waited.
 */
export async function hasten(store: OutboxStore, owner: number): Promise<void> {
  await store.items.where({ owner, state: 'waiting' }).and(({ reason }) => reason?.status === 0).modify({ not_before: 0 })
}

/** Goes on without the photos whose bytes are gone. What was announced to the server already stays announced. */
export async function sendWithoutGone(store: OutboxStore, id: string): Promise<void> {
  await store.transaction('rw', store.items, store.photos, async () => {
    const item = await store.items.get(id)
    if (item?.state !== 'refused' || item.is_taken) return
    const photos = await store.photos.where({ item: id }).toArray()
    await store.photos.bulkDelete(photos.filter(({ is_gone }) => is_gone).map((photo) => photo.id))
    await store.items.update(id, { state: 'waiting', ...AFRESH, changed_at: Date.now() })
  })
}

/**
 * Makes a draft again of a report that was refused: it is another report, with an id of its own, since
 * what was sent once is never changed. The new id; null where the server has it, or its photos are gone.
 */
export async function redraft(store: OutboxStore, id: string): Promise<string | null> {
  return store.transaction('rw', store.items, store.photos, async () => {
    const item = await store.items.get(id)
    const photos = await store.photos.where({ item: id }).toArray()
    if (item?.kind !== 'report' || item.state !== 'refused' || item.is_taken || photos.some(({ is_gone }) => is_gone)) return null
    const draft: ItemRecord = { ...item, ...AFRESH, id: newId(), state: 'draft', changed_at: Date.now() }
    await store.items.put(draft)
    await store.photos.where({ item: id }).modify({ item: draft.id, sent: 0, upload_path: null, mismatches: 0 })
    await store.items.delete(id)
    return draft.id
  })
}

/** Deletes an item with its photos, because its owner said so. */
export async function discard(store: OutboxStore, id: string): Promise<void> {
  await store.transaction('rw', store.items, store.photos, store.contents, async () => {
    const photos = await store.photos.where({ item: id }).primaryKeys()
    await store.contents.bulkDelete(photos)
    await store.photos.bulkDelete(photos)
    await store.items.delete(id)
  })
}
