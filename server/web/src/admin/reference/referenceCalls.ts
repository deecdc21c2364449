import { api } from '../../api/client'
import { answerOf, problemIn } from '../../api/problem'
import { BASE } from '../../api/transport'
import { authorisedFetch } from '../../session'
import type { ImportDetail, ImportOutcome, ImportPage, ImportQuery, MapItem, MapItems, SiteKind } from '../../api/adminTypes'
import type { Category } from '../../api/types'

/** What a map of reference data is called on the wire. */
export type MapName = 'areas' | 'places' | 'sites' | 'facilities' | 'permitted-zones' | 'cameras' | 'duties'

/** Every item of a map. */
export async function listMap(name: MapName): Promise<MapItem[]> {
  const path = `/${name}` as '/places'
  return ((await answerOf(api.GET(path, { parseAs: 'json' }))) as unknown as MapItems).features
}

/** Every category, those that nothing can be filed by as well. */
export async function listWholeTaxonomy(): Promise<Category[]> {
  return (await answerOf(api.GET('/categories', { params: { query: { unpublished: true } } }))).items
}

/** Every kind of site with its checklist. */
export async function listSiteKinds(): Promise<SiteKind[]> {
  return (await answerOf(api.GET('/site-kinds'))).items
}

/** A page of what was imported, the newest first. */
export function listImports(after: number | null): Promise<ImportPage> {
  return answerOf(api.GET('/reference-imports', { params: { query: { limit: 50, ...(after === null ? {} : { after }) } } }))
}

/** One import, and how far open issues have followed. */
export function getImport(id: number): Promise<ImportDetail> {
  return answerOf(api.GET('/reference-imports/{id}', { params: { path: { id } } }))
}

/** The files of an import; a standard's mapping beside them. */
export interface ImportFiles { files: File[]; mapping: File | null }

/**
 * Tries files out or takes them in. `expected` is the version of the reference data that a dry run
 * showed: if another is in force by now, nothing is taken in (412 `reference-stale`).
 */
export async function sendImport(query: ImportQuery, { files, mapping }: ImportFiles, expected: number | null): Promise<ImportOutcome> {
  const body = new FormData()
  files.forEach((file) => { body.append('file', file, file.name) })
  if (mapping) body.append('mapping', mapping, mapping.name)
  const asked = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) if (value !== undefined && value !== '') asked.set(key, String(value))
  const headers: HeadersInit = expected === null ? {} : { 'If-Match': `"${expected}"` }
  const response = await authorisedFetch(new Request(`${BASE}/reference-imports?${asked.toString()}`, { method: 'POST', body, headers }))
  if (!response.ok) throw await problemIn(response)
  return (await response.json()) as ImportOutcome
}
