import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { ApiProblem } from '../../api/problem'
import { silence } from './answer'
import { commandBody, plainBody, reportBody } from './bodies'
import type { CommandFields, ItemRecord, Outcome, PhotoRecord } from './shapes'
import type { OutboxStore } from './store'
import type { Wire } from './wire'

/** What sending needs, so that tests can stand in for all of it. */
export interface Means {
  store: OutboxStore
  wire: Wire
  /** Told how far a photo is between two parts. */
  onProgress: (photo: string, bytes: number) => void
  /** Whether the turn is still this tab's. */
  isMine: () => boolean
}

/** After so many receipts that ask for photos which were sent, it is tried again later. */
const ROUNDS = 3
export const GONE = 'photo-gone'

const gone = (): ApiProblem => new ApiProblem(0, GONE, '', '', '')

/** The photo's bytes, or null when they are no longer what was kept. */
async function contentOf(store: OutboxStore, photo: PhotoRecord): Promise<ArrayBuffer | null> {
  const kept = (await store.contents.get(photo.id))?.content
  if (kept?.byteLength !== photo.bytes || bytesToHex(sha256(new Uint8Array(kept))) !== photo.sha256) return null
  return kept
}

/** The photos of an item, in their order. */
export function photosOf(store: OutboxStore, item: string): Promise<PhotoRecord[]> {
  return store.photos.where({ item }).sortBy('order')
}

/** Stops an item of which a photo's bytes are gone: it is never sent without them in silence. */
async function mustHold(store: OutboxStore, photos: PhotoRecord[]): Promise<void> {
  let missing = false
  for (const photo of photos) {
    if (photo.is_sent || (await contentOf(store, photo)) !== null) continue
    missing = true
    await store.photos.update(photo.id, { is_gone: true })
  }
  if (missing) throw gone()
}

async function isWanted(store: OutboxStore, item: string): Promise<boolean> {
  return (await store.items.get(item))?.state === 'waiting'
}

async function sendPhoto(means: Means, item: ItemRecord, photo: PhotoRecord): Promise<void> {
  const { store, wire } = means
  const content = await contentOf(store, photo)
  if (content === null) {
    await store.photos.update(photo.id, { is_gone: true })
    throw gone()
  }
  let wanted = true
  const path = photo.upload_path ?? `/api/v1/uploads/${item.id}.${photo.id}.1`
  await wire.upload({
    owner: item.owner, path, content, media_type: photo.media_type, sha256: photo.sha256,
    isWanted: () => wanted && means.isMine(),
    onSent: (bytes, durable) => {
      means.onProgress(photo.id, bytes)
      if (!durable) return
      store.photos.update(photo.id, { sent: bytes }).catch(() => undefined)
      isWanted(store, item.id).then((still) => { wanted = still }, () => undefined)
    },
  })
}

/** Sends what is not there yet; one whose bytes are gone keeps none of the others. */
async function sendPhotos(means: Means, item: ItemRecord): Promise<void> {
  let missing: ApiProblem | null = null
  for (const photo of await photosOf(means.store, item.id)) {
    if (photo.is_sent) continue
    try {
      await sendPhoto(means, item, photo)
    } catch (thrown) {
      if (!(thrown instanceof ApiProblem) || thrown.code !== GONE) throw thrown
      missing = thrown
    }
  }
  if (missing) throw missing
}

interface ReceivedPhoto { photo_id: string; state: string; offset: number; upload_url: string }
interface Receipt { id: string; issue: number; joined: boolean; stage: string; complete: boolean; photos: ReceivedPhoto[] }

/** What the receipt says of each photo is the truth, whatever this device remembers having sent. */
async function takeReceipt(store: OutboxStore, item: ItemRecord, receipt: Receipt): Promise<void> {
  await store.transaction('rw', store.items, store.photos, async () => {
    const outcome: Outcome = { issue: receipt.issue, joined: receipt.joined, stage: receipt.stage }
    await store.items.update(item.id, { is_taken: true, outcome, refusals: 0 })
    for (const { photo_id, state, offset, upload_url } of receipt.photos) {
      // Only the path: the server may not know by which name this device reaches it, and a token goes to one origin.
      const upload_path = new URL(upload_url, 'https://localhost').pathname
      await store.photos.update(photo_id, { is_sent: state !== 'announced', sent: offset, upload_path })
    }
  })
}

async function carryReport(means: Means, item: ItemRecord): Promise<void> {
  const { store, wire } = means
  for (let round = 0; round < ROUNDS; round++) {
    const photos = await photosOf(store, item.id)
    if (!item.is_taken && round === 0) await mustHold(store, photos)
    const receipt = (await wire.send(item.owner, 'PUT', `/reports/${item.id}`, reportBody(item, photos))) as unknown as Receipt
    if (receipt.id !== item.id || !Array.isArray(receipt.photos)) throw silence()
    await takeReceipt(store, item, receipt)
    if (receipt.complete) return
    await sendPhotos(means, item)
  }
  throw silence()
}

async function carryCommand(means: Means, item: ItemRecord): Promise<void> {
  const { store, wire } = means
  const { issue, version, verb } = item.fields as CommandFields
  const photos = await photosOf(store, item.id)
  if (!item.is_taken) {
    await mustHold(store, photos)
    const answer = await wire.send(item.owner, 'POST', `/issues/${issue}:${verb}`, commandBody(item, photos), { 'If-Match': `"${version}"` })
    if (answer['id'] !== issue) throw silence()
    const outcome: Outcome = { issue, joined: false, stage: String(answer['stage']) }
    await store.items.update(item.id, { is_taken: true, outcome, refusals: 0 })
  }
  for (const photo of photos) {
    if (photo.is_sent) continue
    await sendPhoto(means, item, photo)
    await store.photos.update(photo.id, { is_sent: true, sent: photo.bytes })
  }
}

async function carryPlain({ wire }: Means, item: ItemRecord): Promise<void> {
  const [path, body] = plainBody(item)
  await wire.send(item.owner, 'PUT', path, body)
}

/** Sends one item as far as it goes: returns when all of it is there, throws an `ApiProblem` otherwise. */
export function carry(means: Means, item: ItemRecord): Promise<void> {
  if (item.kind === 'report') return carryReport(means, item)
  if (item.kind === 'command') return carryCommand(means, item)
  return carryPlain(means, item)
}
