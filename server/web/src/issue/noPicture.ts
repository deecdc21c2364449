import type { Issue } from '../api/types'

/** What stands where no picture of an issue can be shown: the key of its words. */
export function noPicture({ expected, stored }: Issue['photos']): 'photos.none' | 'photos.announced' | 'photos.stored' {
  if (expected === 0) return 'photos.none'
  return stored === 0 ? 'photos.announced' : 'photos.stored'
}
