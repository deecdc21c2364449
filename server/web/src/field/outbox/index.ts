/*
 * The outbox 待发箱: what a person made on this device and the server does not wholly have yet.
 * The screens use this file alone.
 */
import { liveQuery } from 'dexie'
import { computed, nextTick, shallowRef, watch, type ComputedRef } from 'vue'
import { account } from '../../session'
import { outboxStore as store } from './opened'
import { photoProgress, sendingItem } from './progress'
import { askToPersist, isPersistent, lookAtRoom } from './room'
import { sendNow } from './sender'
import type { Fields, ItemRecord, Kind, Moment, NewPhoto, OutboxItem, Part, PhotoRecord } from './shapes'
import * as writing from './writing'

export { compressPhoto, PHOTO_SIZE } from './compress'
export { momentNow } from './moments'
export { askToPersist, isPersistent, lookAtRoom, room } from './room'
export { sendNow } from './sender'
export type {
  CommandFields, CountFields, Kind, Moment, NewPhoto, OutboxItem, OutboxPhoto, Part, Reason, ReportFields, State, SuggestionFields,
} from './shapes'
export { bySide, lackingSide, sideOf, type Side } from './sides'
export { NoRoom } from './writing'

const items = shallowRef<ItemRecord[]>([])
const photos = shallowRef<PhotoRecord[]>([])
/** How much other accounts have on this device that is not sent. */
export const unsentOfOthers = shallowRef(0)
/** False until the device's store was read the first time. */
export const isRead = shallowRef(false)

async function read(owner: number | undefined): Promise<{ mine: ItemRecord[]; shots: PhotoRecord[]; others: number }> {
  const all = await store.items.toArray()
  const mine = all.filter((item) => item.owner === owner).sort((one, other) => other.made_at - one.made_at)
  const ids = new Set(mine.map(({ id }) => id))
  const shots = (await store.photos.toArray()).filter(({ item }) => ids.has(item))
  return { mine, shots, others: all.filter((item) => item.owner !== owner && isUnsent(item)).length }
}

watch(() => account.value?.id, (owner, _before, onCleanup) => {
  const reading = liveQuery(() => read(owner)).subscribe(({ mine, shots, others }) => {
    items.value = mine
    photos.value = shots
    unsentOfOthers.value = others
    isRead.value = true
  })
  onCleanup(() => { reading.unsubscribe() })
}, { immediate: true })

function isUnsent({ state }: ItemRecord): boolean {
  return state === 'waiting' || state === 'paused' || state === 'refused'
}

/** Everything of the signed-in person, the newest first: drafts, what waits, what was delivered lately. */
export const outbox: ComputedRef<OutboxItem[]> = computed(() => {
  const byItem = grouped(photos.value)
  return items.value.map((item) => ({
    ...item,
    photos: (byItem.get(item.id) ?? []).sort((one, other) => one.order - other.order)
      .map((photo) => ({ ...photo, sent: photo.is_sent ? photo.bytes : Math.max(photo.sent, photoProgress.get(photo.id) ?? 0) })),
    is_sending: sendingItem.value === item.id,
  }))
})

function grouped(all: PhotoRecord[]): Map<string, PhotoRecord[]> {
  const byItem = new Map<string, PhotoRecord[]>()
  for (const photo of all) byItem.set(photo.item, [...(byItem.get(photo.item) ?? []), photo])
  return byItem
}

/** What is made but not wholly delivered. */
export const unsent = computed(() => outbox.value.filter(isUnsent))
/** How many that are, read from the device at this moment. */
export function countUnsent(): Promise<number> {
  const me = account.value?.id
  return store.items.filter((item) => item.owner === me && isUnsent(item)).count()
}
/** What is still being made. */
export const drafts = computed(() => outbox.value.filter(({ state }) => state === 'draft'))

function owner(): number {
  if (account.value === null) throw new Error('nobody is signed in')
  return account.value.id
}

async function kept(id: string): Promise<string> {
  sendNow()
  void lookAtRoom()
  if (isPersistent.value !== true) void askToPersist()
  return id
}

/** What a draft or an item begins from; `captured` is the moment of the (first) shutter. */
export interface Begin<K extends Kind> {
  fields: Fields[K]
  /** What its owner reads in the list, such as the category's name. */
  label?: string
  captured?: Moment
  photos?: NewPhoto[]
}

/**
 * Keeps something whole and has it go out by itself; its id. When this returns it is on the device.
 * Throws {@link NoRoom} when the device has no room: then nothing was kept, and the screen still has it.
 */
export async function enqueue<K extends Kind>(kind: K, { photos: shots = [], ...begin }: Begin<K>): Promise<string> {
  return kept(await writing.enqueue(store, { owner: owner(), kind, ...begin }, shots))
}

/** Begins a draft, which survives a kill from here on; its id. Throws {@link NoRoom}. */
export function beginDraft<K extends Kind>(kind: K, { photos: shots = [], ...begin }: Begin<K>): Promise<string> {
  return writing.beginDraft(store, { owner: owner(), kind, ...begin }, shots)
}

/** Writes down what a draft says now. */
export function saveDraft<K extends Kind>(id: string, fields: Fields[K], label?: string): Promise<void> {
  return writing.saveDraft(store, id, fields, label)
}

/** Adds a photo to a draft; the photo's id. Throws {@link NoRoom}. */
export function addPhoto(draft: string, photo: NewPhoto): Promise<string> {
  return writing.addPhoto(store, draft, photo)
}

/** Puts other bytes in the place of a draft's photo. */
export function replacePhoto(photo: string, blob: Blob): Promise<void> {
  return writing.replacePhoto(store, photo, blob)
}

/** Says what a draft's photo was taken for. */
export function setPart(photo: string, part: Part): Promise<void> {
  return writing.setPart(store, photo, part)
}

/** Takes a photo out of a draft. */
export function removePhoto(photo: string): Promise<void> {
  return writing.removePhoto(store, photo)
}

/** Has a draft go out by itself; `captured` is the moment it tells of, where that is not its beginning. */
export async function submitDraft(id: string, captured?: Moment): Promise<void> {
  if (await writing.submitDraft(store, id, captured)) await kept(id)
}

/** The bytes of a photo on this device; null when they are gone, or were delivered. */
export async function photoBlob(photo: string): Promise<Blob | null> {
  const [record, kept] = await Promise.all([store.photos.get(photo), store.contents.get(photo)])
  return record && kept ? new Blob([kept.content], { type: record.media_type }) : null
}

/** Stops an item until its owner goes on with it. */
export async function pause(id: string): Promise<void> {
  await writing.pause(store, id)
}

/** Goes on with an item now, whether it was paused, refused or waits out a pause. */
export async function resume(id: string): Promise<void> {
  await writing.resume(store, id)
  sendNow()
}

/** Sends a report without the photos whose bytes are gone, because its owner said so. */
export async function sendWithoutGone(id: string): Promise<void> {
  await writing.sendWithoutGone(store, id)
  sendNow()
}

/** Makes a draft again of a report that was refused, to be put right; its new id, or null where that cannot be. */
export async function redraft(id: string): Promise<string | null> {
  const draft = await writing.redraft(store, id)
  if (draft !== null) await shown(draft)
  return draft
}

/** Returns once the screens see an item. */
function shown(id: string): Promise<void> {
  return new Promise((resolve) => {
    const stop = watch(items, (all) => {
      if (!all.some((item) => item.id === id)) return
      resolve()
      void nextTick(() => { stop() })
    }, { immediate: true })
  })
}

/** Deletes an item with its photos. Ask first: it may be the only copy. */
export function discard(id: string): Promise<void> {
  return writing.discard(store, id)
}
