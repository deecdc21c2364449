import type { Part } from './shapes'

/** Which side of what its finder fixed 自处置 a photo shows. */
export type Side = 'before' | 'after'

/**
 * The side that a photo shows. Only what was taken as the after-photo is one: drafts of an earlier
 * version of the pages say nothing of it, or say it in other words.
 */
export function sideOf({ part }: { part?: Part }): Side {
  return part === 'after' ? 'after' : 'before'
}

/** The first side that nothing shows yet; null when both are there. */
export function lackingSide(photos: readonly { part?: Part }[]): Side | null {
  return (['before', 'after'] as const).find((side) => photos.every((photo) => sideOf(photo) !== side)) ?? null
}

/** What was before stands before what was after; else as it was taken. */
export function bySide<P extends { part?: Part }>(photos: readonly P[]): P[] {
  return [...photos.filter((photo) => sideOf(photo) === 'before'), ...photos.filter((photo) => sideOf(photo) === 'after')]
}
