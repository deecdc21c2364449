import type { DBCore, DBCoreMutateRequest } from 'dexie'
import { Killed, type Town } from './town'
import { round } from '../round'
import { OutboxStore } from '../store'
import { inTurn } from '../turn'

/** One page on a device: killed, it does nothing more; what it kept is there for the next. */
export class Page {
  readonly store: OutboxStore
  /** Writes that may still be made before the page dies. */
  fuse = Infinity
  /** Writes that may still be made before the device is full. */
  room = Infinity

  constructor(name: string) {
    this.store = new OutboxStore(name)
    this.store.use({ stack: 'dbcore', name: 'fuse', create: (core) => ({ ...core, table: (table) => this.guarded(core, table) }) })
  }

  private guarded(core: DBCore, name: string): ReturnType<DBCore['table']> {
    const table = core.table(name)
    return {
      ...table,
      mutate: (request: DBCoreMutateRequest) => {
        if (--this.fuse < 0) throw new Killed()
        if (request.type === 'put' && --this.room < 0) throw new DOMException('no room', 'QuotaExceededError')
        return table.mutate(request)
      },
    }
  }

  /** One round of sending; false when the page died in it. */
  async sends(town: Town, owner: number, locks: LockManager | null, holder: string): Promise<boolean> {
    const wire = town.wire(() => owner)
    const dying = { ...wire, send: this.mortal(wire.send), upload: this.mortal(wire.upload) }
    try {
      await inTurn(this.store, async (isMine) => {
        await round({ store: this.store, wire: dying, isMine, onProgress: () => undefined }, owner, () => undefined)
      }, locks, holder)
      return true
    } catch {
      this.die()
      return false
    }
  }

  private mortal<A extends unknown[], T>(call: (...args: A) => Promise<T>): (...args: A) => Promise<T> {
    return async (...args) => {
      try {
        return await call(...args)
      } catch (thrown) {
        if (thrown instanceof Killed) this.fuse = 0
        throw thrown
      }
    }
  }

  die(): void {
    this.fuse = 0
    this.store.close()
  }
}
