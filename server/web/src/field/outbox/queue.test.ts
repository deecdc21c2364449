import 'fake-indexeddb/auto'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Page } from './testing/device'
import { fakeLocks } from './testing/locks'
import { Town, type Fate } from './testing/town'
import type { NewPhoto, ReportFields } from './shapes'
import { discard, enqueue, NoRoom, pause, resume } from './writing'

const ANA = 1
const BO = 2
const FIELDS: ReportFields = { source: 'inspector', note: '' } as ReportFields

beforeEach(() => {
  const kept = new Map<string, string>()
  vi.stubGlobal('localStorage', { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => { kept.set(key, value) } })
  vi.useFakeTimers({ toFake: ['Date'] })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

function photos(count: number, seed: number): NewPhoto[] {
  return Array.from({ length: count }, (_, index) => ({
    blob: new Blob([new Uint8Array(40 + index).fill(seed + index)], { type: 'image/jpeg' }),
    captured: { at: new Date().toISOString(), tick: 0, life: 'a' },
  }))
}

const fate = fc.constantFrom<Fate>('answered', 'answered', 'lost-before', 'lost-after', 'busy', 'broken-part', 'killed-before', 'killed-after')
const step = fc.oneof(
  fc.record({ does: fc.constant('take' as const), photos: fc.nat(3), owner: fc.constantFrom(ANA, BO), room: fc.option(fc.nat(6), { nil: null }) }),
  fc.record({ does: fc.constant('send' as const), owner: fc.constantFrom(ANA, ANA, BO), tabs: fc.constantFrom(1, 2), fuse: fc.option(fc.nat(12), { nil: null }), fates: fc.array(fate, { maxLength: 6 }) }),
  fc.record({ does: fc.constantFrom('pause' as const, 'resume' as const, 'discard' as const, 'evict' as const), which: fc.nat(5) }),
)

interface Kept { id: string; owner: number; bytes: string; discarded: boolean; evicted: boolean; unheard: boolean }

/** One device, one browser, pages that come and go. */
class Device {
  town = new Town()
  kept: Kept[] = []
  pages = 0
  constructor(readonly name: string, readonly locks: LockManager | null) {}

  page(): Page {
    this.pages += 1
    return new Page(this.name)
  }

  async takes(count: number, owner: number, room: number | null): Promise<void> {
    const page = this.page()
    page.room = room ?? Infinity
    try {
      const shots = photos(count, this.kept.length * 10 + 1)
      const id = await enqueue(page.store, { owner, kind: 'report', fields: FIELDS }, shots)
      this.kept.push({ id, owner, bytes: String(count), discarded: false, evicted: false, unheard: false })
    } catch (thrown) {
      // Nothing was kept, not even a part of it.
      expect(thrown).toBeInstanceOf(NoRoom)
    }
    page.store.close()
  }

  /** Rounds in one or two tabs at once; whoever dies is gone, and its lease runs out. */
  async sends(owner: number, tabs: number, fuse: number | null): Promise<void> {
    const pages = Array.from({ length: tabs }, () => this.page())
    const [first] = pages
    if (first && fuse !== null) first.fuse = fuse
    await Promise.all(pages.map((page, tab) => page.sends(this.town, owner, this.locks, `${this.pages}-${tab}`)))
    pages.forEach((page) => { page.store.close() })
    vi.setSystemTime(Date.now() + 3600_000)
  }

  async does(what: 'pause' | 'resume' | 'discard' | 'evict', item: Kept): Promise<void> {
    const { store } = this.page()
    if (what === 'pause') await pause(store, item.id)
    if (what === 'resume') await resume(store, item.id)
    if (what === 'discard') {
      await discard(store, item.id)
      item.discarded = true
    }
    if (what === 'evict') {
      const lost = await store.photos.where({ item: item.id }).first()
      if (lost && !lost.is_sent && (await store.contents.get(lost.id))) {
        await store.contents.delete(lost.id)
        item.evicted = true
        item.unheard ||= !this.town.reports.has(item.id)
      }
    }
    store.close()
  }

  /** The network is good again, and the owners go on with everything. */
  async settles(): Promise<void> {
    this.town.fates = []
    for (let i = 0; i < 4; i++) {
      for (const owner of [ANA, BO]) {
        const { store } = this.page()
        for (const item of await store.items.toArray()) if (item.owner === owner) await resume(store, item.id)
        store.close()
        await this.sends(owner, 1, null)
      }
    }
  }

  async check(): Promise<void> {
    const { store } = this.page()
    expect(this.town.wrongs).toEqual([])
    expect(await store.items.count()).toBe(this.kept.filter((item) => !item.discarded).length)
    for (const item of this.kept) {
      const record = await store.items.get(item.id)
      if (item.discarded) continue
      const isThere = this.town.isComplete(item.id)
      // Done is said of what the server has wholly, and of nothing else.
      expect(record?.state === 'done').toBe(isThere)
      if (item.evicted && !isThere) expect(record).toMatchObject({ state: 'refused', reason: { code: 'photo-gone' } })
      else expect(isThere).toBe(true)
      // What lost a photo before it was sent is not sent.
      if (item.unheard) expect(this.town.reports.has(item.id)).toBe(false)
      expect(this.town.reports.get(item.id)?.owner ?? item.owner).toBe(item.owner)
    }
    // No bytes are left behind of what was delivered or deleted, and none were thrown away before.
    for (const photo of await store.photos.toArray()) {
      const state = (await store.items.get(photo.item))?.state
      if (state === 'done') expect(await store.contents.get(photo.id)).toBeUndefined()
    }
    expect(await store.contents.count()).toBeLessThanOrEqual(await store.photos.count())
    store.close()
  }
}

let devices = 0

async function lives(steps: typeof step extends fc.Arbitrary<infer S> ? S[] : never, locks: LockManager | null): Promise<void> {
  devices += 1
  const device = new Device(`device-${devices}`, locks)
  for (const one of steps) {
    if (one.does === 'take') await device.takes(one.photos, one.owner, one.room)
    else if (one.does === 'send') {
      device.town.fates = [...one.fates]
      await device.sends(one.owner, one.tabs, one.fuse)
    } else {
      const item = device.kept[one.which]
      if (item && !item.discarded) await device.does(one.does, item)
    }
  }
  await device.settles()
  await device.check()
}

test('whatever is killed, lost, paused or full, what was kept arrives once and nothing else does', async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 12 }), (steps) => lives(steps, fakeLocks())), { numRuns: 150 })
}, 120_000)

test('the same where the browser has no locks', async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 12 }), (steps) => lives(steps, null)), { numRuns: 80 })
}, 120_000)
