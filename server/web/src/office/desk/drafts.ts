import Dexie, { type EntityTable } from 'dexie'
import { newId } from '../../api/newId'
import type { ManifestPhoto } from '../../api/types'
import type { Picked } from '../../maps/picked'

/** Where what arrives at the desk comes from; the most usual first. */
export const DESK_SOURCES = ['chat_group', 'hotline_12345', 'leader', 'citizen', 'media', 'video', 'supervisor'] as const
export type DeskSource = (typeof DESK_SOURCES)[number]

export interface DeskPhoto {
  manifest: ManifestPhoto
  bytes: Blob
}

/** What became of a report that was sent. */
export interface Filed {
  issue: number
  joined: boolean
}

/**
 * One report at the desk. `open`: being written. `waiting`: handed in, so its content and its id
 * stay what they are, and sending it again cannot double it. `refused`: the server said no.
 * `filed`: it and every photo have arrived.
 */
export interface Draft {
  id: string
  /** The account that wrote it: nobody else at this computer sees it. */
  owner: number
  state: 'open' | 'waiting' | 'refused' | 'filed'
  source: DeskSource
  note: string
  category: string
  condition: string
  /** File it by its condition as soon as it arrived, without another look. */
  fileAtOnce: boolean
  fileCommand: string
  place: Picked | null
  photos: DeskPhoto[]
  madeAt: string
  handedInAt: string | null
  refusal: string | null
  filed: Filed | null
}

export function newDraft(owner: number, source: DeskSource): Draft {
  return {
    id: newId(), owner, state: 'open', source, note: '', category: '', condition: '', fileAtOnce: true, fileCommand: newId(), place: null, photos: [],
    madeAt: new Date().toISOString(), handedInAt: null, refusal: null, filed: null,
  }
}

/** Nothing was put into it yet: not worth keeping. */
export function isBlank(draft: Draft): boolean {
  return draft.note.trim() === '' && draft.category === '' && draft.place === null && draft.photos.length === 0
}

/** What is still needed before it can be handed in. */
export function lackOf(draft: Draft): 'evidence' | 'place' | null {
  if (draft.photos.length === 0 && draft.note.trim() === '') return 'evidence'
  return draft.place === null ? 'place' : null
}

/** How many that arrived are still shown, so that one can look where they went. */
const REMEMBERED = 20

class DeskStore extends Dexie {
  drafts!: EntityTable<Draft, 'id'>

  constructor() {
    super('zhoubian-desk')
    this.version(1).stores({ drafts: 'id, owner' })
  }
}

let store: DeskStore | null = null

function drafts(): EntityTable<Draft, 'id'> {
  store ??= new DeskStore()
  return store.drafts
}

/** An account's drafts on this computer, the newest first. */
export async function listDrafts(owner: number): Promise<Draft[]> {
  const all = await drafts().where('owner').equals(owner).toArray()
  return all.sort((a, b) => (b.handedInAt ?? b.madeAt).localeCompare(a.handedInAt ?? a.madeAt))
}

export async function keepDraft(draft: Draft): Promise<void> {
  await drafts().put(draft)
}

export async function forgetDraft(id: string): Promise<void> {
  await drafts().delete(id)
}

/** Lets go of the oldest that arrived. */
export async function forgetOldest(owner: number): Promise<void> {
  const filed = (await listDrafts(owner)).filter((draft) => draft.state === 'filed')
  await drafts().bulkDelete(filed.slice(REMEMBERED).map((draft) => draft.id))
}
