import Dexie, { type EntityTable } from 'dexie'
import type { IssueDetail } from '../../api/types'

/** An issue with everything around it, as the server last told this person. */
export interface HeldDetail { owner: number; id: number; version: number; detail: IssueDetail; used_at: number }
/** One rendition of a photo: `sha256` of the original and the rendition's name. */
export interface HeldPicture { key: string; content: ArrayBuffer; media_type: string; used_at: number }

/** What the server can tell again: issues looked at on this device, with their pictures, for when there is no network. */
export class TaskStore extends Dexie {
  declare details: Dexie.Table<HeldDetail, [number, number]>
  declare pictures: EntityTable<HeldPicture, 'key'>

  constructor(name = 'zhoubian-tasks') {
    super(name)
    this.version(1).stores({ details: '[owner+id], owner, used_at', pictures: 'key, used_at' })
  }
}
