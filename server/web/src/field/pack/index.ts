/* The field pack 外业包 as the screens read it: always from the device, whether or not there is a network. */
import { liveQuery } from 'dexie'
import { computed, ref, shallowRef, watch } from 'vue'
import type { FeatureCollection } from 'geojson'
import { problemOf, type ApiProblem } from '../../api/problem'
import type { Category, Issue, Point } from '../../api/types'
import type { components } from '../../api/schema'
import { account } from '../../session'
import { fetchDistrict } from './district'
import { fetchPack } from './fetch'
import { PackStore, type HeldPack } from './store'
import { holdThumbnails } from './thumbnails'

const store = new PackStore()
const STALE_MS = 10 * 60_000

const held = shallowRef<HeldPack | null>(null)
/** Open issues of the pack: reported by the reader or in their duty areas. */
export const packIssues = shallowRef<Issue[]>([])
/** False until the device was read the first time. */
export const isPackRead = ref(false)
export const isPackFetching = ref(false)
/** Why the last update failed; what is held goes on being used. */
export const packProblem = shallowRef<ApiProblem | null>(null)

watch(() => account.value?.id, (owner, _before, onCleanup) => {
  held.value = null
  packIssues.value = []
  isPackRead.value = false
  if (owner === undefined) return
  const reading = liveQuery(async () => ({ pack: await store.packs.get(owner), issues: await store.issues.where({ owner }).toArray() }))
    .subscribe(({ pack, issues }) => {
      held.value = pack ?? null
      packIssues.value = issues.map(({ issue }) => issue)
      isPackRead.value = true
    })
  onCleanup(() => { reading.unsubscribe() })
}, { immediate: true })

const reference = computed(() => held.value?.reference ?? null)
/** When it was fetched, ISO 8601; null when there is none. */
export const packFetchedAt = computed(() => (held.value ? new Date(held.value.fetched_at).toISOString() : null))
export const packCategories = computed(() => (reference.value?.categories ?? []) as Category[])
export const packSiteKinds = computed<components['schemas']['SiteKindView'][]>(() => reference.value?.site_kinds ?? [])
export const packPoints = computed(() => (reference.value?.points ?? []) as unknown as Point[])
const layer = (name: 'areas' | 'places' | 'sites' | 'permitted_zones') =>
  computed(() => (reference.value?.[name] ?? { type: 'FeatureCollection', features: [] }) as unknown as FeatureCollection)
export const packAreas = layer('areas')
/** Back streets and compounds. */
export const packPlaces = layer('places')
export const packSites = layer('sites')
export const packZones = layer('permitted_zones')

/** Brings the pack up to date; keeps what is held when that fails. */
export async function refreshPack(): Promise<void> {
  const owner = account.value?.id
  if (owner === undefined || isPackFetching.value) return
  isPackFetching.value = true
  packProblem.value = null
  try {
    if (account.value?.role === 'inspector') await fetchPack(store, owner)
    else await fetchDistrict(store, owner)
    void holdThumbnails((await store.issues.where({ owner }).toArray()).map(({ issue }) => issue))
  } catch (thrown) {
    packProblem.value = problemOf(thrown)
  } finally {
    isPackFetching.value = false
  }
}

/** Brings it up to date when it is older than ten minutes: call it when a screen is opened. */
export async function freshenPack(): Promise<void> {
  const owner = account.value?.id
  if (owner === undefined) return
  const pack = await store.packs.get(owner)
  if (!pack || Math.abs(Date.now() - pack.fetched_at) > STALE_MS) await refreshPack()
}
