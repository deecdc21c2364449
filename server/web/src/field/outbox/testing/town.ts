import { ApiProblem } from '../../../api/problem'
import { silence } from '../answer'
import type { Upload, Wire } from '../wire'

/** What becomes of one request. `killed`: the page dies while it waits for the answer. */
export type Fate = 'answered' | 'lost-before' | 'lost-after' | 'busy' | 'broken-part' | 'killed-before' | 'killed-after'

/** The page is gone: nothing after this happens in it. */
export class Killed extends Error {}

interface Received {
  owner: number
  body: string
  photos: { photo_id: string; sha256: string; bytes: number }[]
}

function body(said: Record<string, unknown>): string {
  return JSON.stringify({ ...said, captured_age_ms: null, sent_at: null })
}

/** A server as docs/sync.md has it, as far as a queue sees it; what it saw is looked at afterwards. */
export class Town {
  reports = new Map<string, Received>()
  parts = new Map<string, Uint8Array>()
  /** What no device may ever do. */
  wrongs: string[] = []
  fates: Fate[] = []
  private busy = 0

  isComplete(id: string): boolean {
    return this.reports.get(id)?.photos.every((photo) => (this.parts.get(photo.photo_id)?.length ?? 0) === photo.bytes) ?? false
  }

  private receipt(id: string): Record<string, unknown> {
    const { photos } = this.reports.get(id) as Received
    const told = photos.map((photo) => {
      const offset = this.parts.get(photo.photo_id)?.length ?? 0
      return { photo_id: photo.photo_id, state: offset === photo.bytes ? 'stored' : 'announced', offset, upload_url: `https://elsewhere/api/v1/uploads/${id}.${photo.photo_id}.1` }
    })
    return { id, issue: 7, joined: false, stage: 'dispatched', complete: this.isComplete(id), photos: told }
  }

  private take(owner: number, id: string, said: Record<string, unknown>): void {
    const known = this.reports.get(id)
    if (known && known.body !== body(said)) this.wrongs.push(`${id} was sent with other content`)
    if (known && known.owner !== owner) this.wrongs.push(`${id} was sent under another account`)
    if (!known) this.reports.set(id, { owner, body: body(said), photos: said['photos'] as Received['photos'] })
  }

  /** One request, with whatever becomes of it; only one tab's may be under way. */
  private async request<T>(alone: boolean, does: (fate: Fate) => T): Promise<T> {
    const fate = this.fates.shift() ?? 'answered'
    this.busy += 1
    if (alone && this.busy > 1) this.wrongs.push('two tabs sent at once')
    try {
      await new Promise((resolve) => { setTimeout(resolve) })
      if (fate === 'lost-before') throw silence()
      if (fate === 'busy') throw new ApiProblem(503, 'unavailable', '', '', '', 3)
      if (fate === 'killed-before') throw new Killed()
      const done = does(fate)
      if (fate === 'lost-after') throw silence()
      if (fate === 'killed-after') throw new Killed()
      return done
    } finally {
      this.busy -= 1
    }
  }

  /** The way of one tab to this server, under the account that is signed in there. */
  wire(signedIn: () => number): Wire {
    const mustBe = (owner: number): void => {
      if (owner !== signedIn()) throw new ApiProblem(0, 'other-account', '', '', '')
    }
    return {
      send: (owner, _method, path, said) => {
        const id = path.split('/')[2] as string
        return this.request(true, () => {
          mustBe(owner)
          this.take(owner, id, said as Record<string, unknown>)
          return this.receipt(id)
        })
      },
      upload: (upload) => this.request(true, (fate) => { this.takePart(upload, fate) }),
    }
  }

  private takePart({ path, content, onSent }: Upload, fate: Fate): void {
    const photo = path.split('.')[1] as string
    const whole = new Uint8Array(content)
    const had = this.parts.get(photo)?.length ?? 0
    const end = fate === 'broken-part' ? had + Math.ceil((whole.length - had) / 2) : whole.length
    this.parts.set(photo, whole.slice(0, end))
    onSent(end, true)
    if (fate === 'broken-part' && end < whole.length) throw silence()
  }
}
