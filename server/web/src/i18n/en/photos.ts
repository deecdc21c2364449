import type { photos as zhPhotos } from '../zh/photos'

/** Photos of an issue: how far they have come, what is wrong with them. */
export const photos: typeof zhPhotos = {
  comma: ', ', colon: ': ',
  count: '{stored} of {expected}', none: 'No photos', save: 'Download', failed: 'The photo could not be fetched', before: 'Before', after: 'After', check: 'Verification', open: 'View larger',
  arrived: '{stored} of {expected} photos', unreadableCount: '{n} unreadable', flaggedCount: '{n} doubtful',
  announced: 'Photo not yet received', stored: 'Being prepared…', unreadable: 'Unreadable', kept: 'HEIC original', broken: 'This photo cannot be shown in the browser',
  keptText: 'Browsers cannot show HEIC photos: download the original.', slow: 'This takes long', again: 'Look again',
  previous: 'Previous: {label}', next: 'Next: {label}',
  original: 'Download the original', watermarked: 'Download with watermark', downloading: 'Fetching the photo…', remarks: 'About the photos',
  taken: 'Taken: {at}', camera: 'By the camera: {at}', size: '{width} × {height}', marked: 'doubtful',
  unreadableBecause: {
    truncated: 'The photo is incomplete: take it again at the place and report it.', corrupt: 'The photo is damaged: take it again at the place and report it.', 'type-unknown': 'The file is no photo: take one at the place and report it.',
    'too-many-pixels': 'The photo has too many pixels: lower the camera’s resolution, take it again and report it.', 'too-much-memory': 'The photo is too large: lower the camera’s resolution, take it again and report it.',
    unsupported: 'This kind of photo cannot be used: take it again with the phone’s own camera and report it.', empty: 'The photo is an empty file: take it again at the place and report it.', other: 'The photo cannot be read: take it again at the place and report it.',
  },
  flag: {
    'exif-position-disagrees': 'The position in the photo is not where it was reported.', 'exif-time-disagrees': 'The time in the photo is not when it was reported to be taken.', 'exif-time-future': 'The time in the photo lies in the future.', 'exif-odd': 'What the camera wrote into the photo is broken.',
  },
}
