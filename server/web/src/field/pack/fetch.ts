import { ApiProblem, problemIn } from '../../api/problem'
import type { components } from '../../api/schema'
import { BASE } from '../../api/transport'
import type { Issue } from '../../api/types'
import { setClock } from '../../clock'
import { authorisedFetch } from '../../session'
import { noteClock } from '../outbox/anchors'
import type { HeldPack, PackStore } from './store'

type Pack = Omit<components['schemas']['FieldPack'], 'issues'> & { issues: Issue[] }

/** One part of the pack; null when nothing changed. */
async function ask(owner: number, after: string | null, etag: string | null): Promise<{ pack: Pack; etag: string | null } | null> {
  const query = after === null ? '' : `?after=${encodeURIComponent(after)}`
  const request = new Request(`${BASE}/field-pack${query}`, { headers: etag === null ? {} : { 'If-None-Match': etag }, cache: 'no-store', redirect: 'manual' })
  const response = await authorisedFetch(request, owner)
  if (response.status === 304) return null
  if (response.status >= 400) throw await problemIn(response)
  const pack = (await response.json().catch(() => null)) as Pack | null
  // A captive portal answers 200 with a page of its own.
  if (!response.ok || typeof pack?.version !== 'string') throw new ApiProblem(0, 'unreachable', '', '', '')
  setClock(response)
  noteClock()
  return { pack, etag: response.headers.get('ETag') }
}

/** Puts one part in the place of what it replaces, whole or not at all. */
async function take(store: PackStore, owner: number, { pack, etag }: { pack: Pack; etag: string | null }): Promise<void> {
  await store.transaction('rw', store.packs, store.issues, async () => {
    const held = await store.packs.get(owner)
    const reference = pack.reference ?? held?.reference
    if (!reference) throw new ApiProblem(0, 'unexpected', '', '', '')
    if (pack.is_whole) await store.issues.where({ owner }).delete()
    await store.issues.bulkDelete(pack.removed.map((id) => [owner, id] as [number, number]))
    for (const issue of pack.issues) {
      const kept = await store.issues.get([owner, issue.id])
      if (!kept || kept.issue.version <= issue.version) await store.issues.put({ owner, id: issue.id, issue })
    }
    const next: HeldPack = { owner, version: pack.version, etag, fetched_at: Date.now(), reference }
    await store.packs.put(next)
  })
}

/**
 * Brings the pack up to date: what changed since the held version, or the whole where there is none
 * or the server no longer knows it.
 */
export async function fetchPack(store: PackStore, owner: number): Promise<void> {
  let held = await store.packs.get(owner)
  for (;;) {
    try {
      const part = await ask(owner, held?.version ?? null, null)
      if (part === null) return
      // A part that follows is not a whole pack: `is_whole` is said of the first one alone.
      await take(store, owner, part)
      if (!part.pack.has_more) return
      held = await store.packs.get(owner)
    } catch (thrown) {
      if (!(thrown instanceof ApiProblem) || thrown.status !== 410 || held === undefined) throw thrown
      held = undefined
    }
  }
}
