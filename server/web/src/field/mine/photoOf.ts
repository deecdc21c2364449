import type { MyReport } from './calls'

type OwnPhoto = MyReport['report']['photos'][number]

/** The photo that stands for one's report, or for a side of it: one of which pictures were made, else the first; null where there is none. */
export function photoOf(photos: readonly OwnPhoto[], side?: 'before' | 'after'): OwnPhoto | null {
  const all = side === undefined ? photos : photos.filter(({ part }) => (part === 'after') === (side === 'after'))
  return all.find(({ state }) => state === 'ready') ?? all[0] ?? null
}
