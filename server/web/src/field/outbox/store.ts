import Dexie, { type EntityTable } from 'dexie'
import type { ContentRecord, ItemRecord, PhotoRecord } from './shapes'

/** Who is sending, where the browser has no locks; see `turn.ts`. */
export interface LeaseRecord {
  name: string
  holder: string
  until: number
}

/**
 * What waits on this device. One record per photo, its bytes apart, so that a list is read without
 * them and no write touches more than it has to.
 *
 * A version is only ever added, with an `upgrade` that keeps every record; none is changed, and the
 * database is never deleted: it may hold the only copy of somebody's day.
 */
export class OutboxStore extends Dexie {
  declare items: EntityTable<ItemRecord, 'id'>
  declare photos: EntityTable<PhotoRecord, 'id'>
  declare contents: EntityTable<ContentRecord, 'photo'>
  declare leases: EntityTable<LeaseRecord, 'name'>

  constructor(name = 'zhoubian-outbox') {
    super(name)
    this.version(1).stores({
      items: 'id, [owner+state]',
      photos: 'id, item',
      contents: 'photo',
      leases: 'name',
    })
  }
}
