import { account } from '../../session'
import { pictureBytes } from '../tasks/pictures'
import { latestReports, mySuggestions, toldAt, type MyReport } from './calls'
import { photoOf } from './photoOf'

/** Not asked for anew before this. */
const HELD_MS = 10 * 60_000
/** So many of one's latest reports have their pictures here. */
const PICTURED = 10

async function holdPictures({ report: { photos, self_handled } }: MyReport): Promise<void> {
  const shown = self_handled ? [photoOf(photos, 'before'), photoOf(photos, 'after')] : [photoOf(photos)]
  for (const photo of shown) if (photo?.state === 'ready') await pictureBytes(photo.sha256, 'thumbnail')
}

/** Has on this device what became of one's reports and suggestions, for a day without a network. */
export async function holdMine(): Promise<void> {
  if (account.value === null || Math.abs(Date.now() - toldAt()) < HELD_MS) return
  // What cannot be had now is had another time.
  try {
    const [{ value, isOld }] = await Promise.all([latestReports(), mySuggestions()])
    if (isOld) return
    for (const one of value.reports.slice(0, PICTURED)) await holdPictures(one)
  } catch {
    return
  }
}
