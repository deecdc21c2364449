import { account } from '../../session'
import { pictureBytes, sidesOf } from '../tasks/pictures'
import { latestReports, mySuggestions, toldAt, type MyReport } from './calls'

/** Not asked for anew before this. */
const HELD_MS = 10 * 60_000
/** So many of one's latest reports have their pictures here. */
const PICTURED = 10

async function holdPictures({ report, issue }: MyReport): Promise<void> {
  const { before, after } = report.self_handled && issue ? await sidesOf(issue.id) : { before: null, after: null }
  const first = report.photos.find(({ state }) => state === 'ready')?.sha256 ?? null
  for (const sha256 of new Set([before, after, first])) if (sha256 !== null) await pictureBytes(sha256, 'thumbnail')
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
