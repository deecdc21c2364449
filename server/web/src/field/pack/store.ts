import Dexie, { type EntityTable } from 'dexie'
import type { Issue } from '../../api/types'
import type { components } from '../../api/schema'

type Schemas = components['schemas']

/** What somebody holds of the field pack, without its issues. */
export interface HeldPack {
  owner: number
  version: string
  etag: string | null
  /** Milliseconds since 1970, by the device's clock. */
  fetched_at: number
  reference: Schemas['PackedReference']
}

/** One issue of somebody's pack. */
export interface HeldIssue {
  owner: number
  id: number
  issue: Issue
}

/** What the server sent for a day without a network: it can be fetched again, the outbox cannot. */
export class PackStore extends Dexie {
  declare packs: EntityTable<HeldPack, 'owner'>
  declare issues: Dexie.Table<HeldIssue, [number, number]>

  constructor(name = 'zhoubian-pack') {
    super(name)
    this.version(1).stores({ packs: 'owner', issues: '[owner+id], owner', thumbnails: 'sha256, used_at' })
    // Pictures of issues are kept with the tasks.
    this.version(2).stores({ thumbnails: null })
  }
}
