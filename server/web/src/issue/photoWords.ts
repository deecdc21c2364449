import type { Photo } from '../api/types'

/** What telling about a photo needs of the messages. */
export interface PhotoWording {
  t: (key: string, values?: Record<string, unknown>) => string
  te: (key: string) => boolean
}

/** Why a photo cannot be read, and what the inspector should do. */
export function unreadableText(problem: string | null | undefined, { t, te }: PhotoWording): string {
  const known = problem && te(`photos.unreadableBecause.${problem}`) ? problem : 'other'
  return t(`photos.unreadableBecause.${known}`)
}

/** What is odd about a photo, in sentences; a code newer than these pages is shown as the server says it. */
export function flagTexts(flags: string[], { t, te }: PhotoWording): string[] {
  return flags.map((flag) => (te(`photos.flag.${flag}`) ? t(`photos.flag.${flag}`) : flag))
}

/** Everything to be said about one photo. */
export function remarks(photo: Photo, wording: PhotoWording): string[] {
  return [
    ...(photo.state === 'unreadable' ? [unreadableText(photo.problem, wording)] : []),
    ...flagTexts(photo.flags, wording),
  ]
}

/** “2 of 5 photos, 1 unreadable”; empty for none. */
export function countText(photos: Photo[], { t }: PhotoWording): string {
  if (photos.length === 0) return ''
  const count = (holds: (photo: Photo) => boolean): number => photos.filter(holds).length
  const unreadable = count((photo) => photo.state === 'unreadable')
  const flagged = count((photo) => photo.flags.length > 0)
  return [
    t('photos.arrived', { stored: count((photo) => photo.state !== 'announced'), expected: photos.length }),
    ...(unreadable > 0 ? [t('photos.unreadableCount', { n: unreadable })] : []),
    ...(flagged > 0 ? [t('photos.flaggedCount', { n: flagged })] : []),
  ].join(t('photos.comma'))
}
