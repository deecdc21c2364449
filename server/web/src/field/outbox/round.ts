import { ApiProblem } from '../../api/problem'
import { BELIEVED_AFTER, weightOf } from './answer'
import { pauseAfter } from './backoff'
import { carry, GONE, photosOf, type Means } from './carry'
import type { ItemRecord, Reason } from './shapes'
import type { OutboxStore } from './store'

/** A pause that ends further ahead was written before the clock was set back. */
const LONGEST_PAUSE_MS = 2_000_000
/** What was delivered is shown for so long, and no more than so many. */
const SHOWN_MS = 7 * 24 * 3600_000
const SHOWN = 50

/** How a round ended: when the next is due (milliseconds from now), null when nothing waits. */
export type Next = number | null

const waitsOf = (item: ItemRecord, now: number): number => {
  const left = item.not_before - now
  return left > LONGEST_PAUSE_MS ? 0 : Math.max(0, left)
}

/** What waits of this person, the least tried first. */
async function waitingOf(store: OutboxStore, owner: number): Promise<ItemRecord[]> {
  const waiting = await store.items.where({ owner, state: 'waiting' }).toArray()
  return waiting.sort((one, other) => one.attempts - other.attempts || one.made_at - other.made_at)
}

function reasonOf({ status, code, title, detail, hint }: ApiProblem): Reason {
  return { status, code, title, detail, hint }
}

/** All of it is there: the bytes may go, the line in the list stays for a while. */
async function finish(store: OutboxStore, item: ItemRecord): Promise<void> {
  await store.transaction('rw', store.items, store.photos, store.contents, async () => {
    const photos = await photosOf(store, item.id)
    await store.items.update(item.id, { state: 'done', changed_at: Date.now(), reason: null, attempts: 0, is_taken: true })
    for (const { id, bytes } of photos) await store.photos.update(id, { is_sent: true, sent: bytes })
    await store.contents.bulkDelete(photos.map(({ id }) => id))
  })
}

/** Keeps an item with what went wrong: it waits, or it is for its owner to look at. */
async function weigh(store: OutboxStore, item: ItemRecord, problem: ApiProblem): Promise<void> {
  const weight = problem.code === GONE ? 'final' : weightOf(problem)
  const refusals = weight === 'if-repeated' ? item.refusals + 1 : item.refusals
  const stands = weight === 'final' || refusals >= BELIEVED_AFTER
  const attempts = item.attempts + 1
  await store.transaction('rw', store.items, async () => {
    const now = await store.items.get(item.id)
    if (now?.state !== 'waiting') return
    const not_before = Date.now() + pauseAfter(attempts, problem.retryAfterS)
    await store.items.update(item.id, stands
      ? { state: 'refused', reason: reasonOf(problem), refusals: 0, attempts: 0, changed_at: Date.now() }
      : { reason: reasonOf(problem), refusals, attempts, not_before })
  })
}

/** Forgets what was delivered long ago. */
async function tidy(store: OutboxStore, owner: number): Promise<void> {
  const done = await store.items.where({ owner, state: 'done' }).toArray()
  done.sort((one, other) => other.changed_at - one.changed_at)
  const old = done.filter((item, index) => index >= SHOWN || Date.now() - item.changed_at > SHOWN_MS)
  for (const { id } of old) {
    await store.transaction('rw', store.items, store.photos, async () => {
      await store.photos.where({ item: id }).delete()
      await store.items.delete(id)
    })
  }
}

/** Nobody can be reached, or nobody may go on: the other items would fare no better. */
function endsRound({ status, code }: ApiProblem): boolean {
  return (status === 0 && code !== GONE && code !== 'stopped') || [401, 429, 503].includes(status)
}

function problemIn(thrown: unknown): ApiProblem {
  if (thrown instanceof ApiProblem) return thrown
  return new ApiProblem(0, 'unexpected', '', thrown instanceof Error ? thrown.message : String(thrown), '')
}

/** Tries every item that is due, once each. */
export async function round(means: Means, owner: number, onItem: (id: string | null) => void): Promise<Next> {
  const { store, isMine } = means
  let pause: number | null = null
  for (const { id } of await waitingOf(store, owner)) {
    const item = await store.items.get(id)
    if (!isMine() || item?.state !== 'waiting' || waitsOf(item, Date.now()) > 0) continue
    onItem(id)
    try {
      await carry(means, item)
      await finish(store, item)
    } catch (thrown) {
      const problem = problemIn(thrown)
      if (problem.code === 'stopped') continue
      await weigh(store, item, problem)
      if (!endsRound(problem)) continue
      pause = pauseAfter(item.attempts + 1, problem.retryAfterS)
      break
    } finally {
      onItem(null)
    }
  }
  await tidy(store, owner)
  const left = await waitingOf(store, owner)
  if (left.length === 0) return null
  return Math.max(pause ?? 0, Math.min(...left.map((item) => waitsOf(item, Date.now()))))
}
