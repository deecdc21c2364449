import type { components } from '../../api/schema'
import { api } from '../../api/client'
import { answerOf } from '../../api/problem'
import type { Issue } from '../../api/types'
import type { PackStore } from './store'

type Reference = components['schemas']['PackedReference']

/** GeoJSON, which the document calls an object. */
function map(path: '/areas' | '/places' | '/sites' | '/permitted-zones'): Promise<Reference['areas']> {
  return answerOf(api.GET(path, { parseAs: 'json' })) as Promise<Reference['areas']>
}

/** Every issue that the reader sees and that is not over. */
async function openIssues(): Promise<Issue[]> {
  const issues: Issue[] = []
  for (let after: string | undefined; ;) {
    const page = await answerOf(api.GET('/changes/snapshot', { params: { query: { limit: 1000, after } } }))
    issues.push(...(page.issues as Issue[]))
    if (!page.has_more) break
    after = page.next
  }
  return issues.filter(({ stage }) => !['closed', 'refused', 'void', 'merged'].includes(stage))
}

/**
 * A pack for whoever has no duty areas, such as a supervisor: the field pack is an inspector's, so it
 * is put together from what everybody may read, whole each time.
 */
export async function fetchDistrict(store: PackStore, owner: number): Promise<void> {
  const [categories, site_kinds, points, areas, places, sites, permitted_zones, issues] = await Promise.all([
    answerOf(api.GET('/categories')), answerOf(api.GET('/site-kinds')), answerOf(api.GET('/points')),
    map('/areas'), map('/places'), map('/sites'), map('/permitted-zones'), openIssues(),
  ])
  const reference: Reference = {
    version: 0, categories: categories.items, site_kinds: site_kinds.items, points: points.items, areas, places, sites, permitted_zones,
  }
  await store.transaction('rw', store.packs, store.issues, async () => {
    await store.issues.where({ owner }).delete()
    await store.issues.bulkPut(issues.map((issue) => ({ owner, id: issue.id, issue })))
    await store.packs.put({ owner, version: 'district', etag: null, fetched_at: Date.now(), reference })
  })
}
