import { listBureaus, listPoints } from '../../api/client'
import { listMap, listSiteKinds, listWholeTaxonomy, type MapName } from './referenceCalls'

/** An item of reference data as its list gives it. */
export type Item = Record<string, unknown> & { code: string; name?: string }

/** What can be browsed, by the words of the API. */
export const SETS = [
  'areas', 'points', 'places', 'bureaus', 'categories', 'site-kinds', 'sites', 'facilities', 'permitted-zones', 'cameras', 'duties',
] as const
export type SetName = (typeof SETS)[number]

/** The columns beside code and name. */
export const SET_COLUMNS: Record<SetName, readonly string[]> = {
  areas: ['level', 'parent'],
  points: ['kind', 'radius_m'],
  places: ['kind', 'managed'],
  bureaus: ['kind', 'authority', 'area'],
  categories: ['class', 'standard', 'conditions'],
  'site-kinds': ['checklist'],
  sites: ['kind', 'area'],
  facilities: ['kind', 'owner', 'categories'],
  'permitted-zones': ['categories', 'hours'],
  cameras: ['bureau'],
  duties: ['title', 'unit', 'person', 'covers', 'from'],
}

/** The kind of file each comes from. */
export const IMPORTED_AS: Record<SetName, string> = {
  areas: 'areas', points: 'points', places: 'places', bureaus: 'bureaus', categories: 'taxonomy', 'site-kinds': 'site-kinds', sites: 'sites',
  facilities: 'facilities', 'permitted-zones': 'permitted-zones', cameras: 'cameras', duties: 'duties',
}

const MAPS: Partial<Record<SetName, MapName>> = {
  areas: 'areas', places: 'places', sites: 'sites', facilities: 'facilities', 'permitted-zones': 'permitted-zones', cameras: 'cameras', duties: 'duties',
}

export function isSet(name: unknown): name is SetName {
  return typeof name === 'string' && (SETS as readonly string[]).includes(name)
}

/** Every item of a set. */
export async function listSet(name: SetName): Promise<Item[]> {
  const map = MAPS[name]
  if (map) return (await listMap(map)).map((feature) => feature.properties as Item)
  if (name === 'points') return (await listPoints()) as unknown as Item[]
  if (name === 'bureaus') return (await listBureaus()) as unknown as Item[]
  if (name === 'site-kinds') return (await listSiteKinds()) as unknown as Item[]
  return (await listWholeTaxonomy()) as unknown as Item[]
}

/** Whether an item has every word that is looked for, anywhere in it. */
export function matches(texts: readonly string[], asked: string): boolean {
  const whole = texts.join('\n').toLowerCase()
  return asked.toLowerCase().split(/\s+/).every((word) => whole.includes(word))
}
