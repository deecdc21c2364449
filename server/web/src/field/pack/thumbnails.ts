import { dueAt } from '../../issue/due'
import { problemOf } from '../../api/problem'
import type { Issue } from '../../api/types'
import { issuePicture } from '../tasks/pictures'

/** So many issues have a picture on the device for a day without a network: some 4 MB, 40 MB at the very most. */
const MOST = 120

let holding = false

/** Whether the person asked their device to be sparing. */
function isSparing(): boolean {
  return (navigator as Navigator & { connection?: { saveData?: boolean } }).connection?.saveData === true
}

/** False when there is no going on: what is here is here, the rest comes another time. */
async function isHeld(issue: Issue): Promise<boolean> {
  try {
    await issuePicture(issue, 'before', 'thumbnail')
    return true
  } catch (thrown) {
    // One of which no picture was made yet says nothing of the others.
    return problemOf(thrown).status === 404
  }
}

/** Has pictures of the issues that are due first on this device; one after the other, until one cannot be had. */
export async function holdThumbnails(issues: Issue[]): Promise<void> {
  if (holding || isSparing()) return
  holding = true
  const due = (issue: Issue): number => Date.parse(dueAt(issue) ?? '') || Infinity
  const shown = issues.filter(({ photos }) => photos.stored > photos.unreadable).sort((one, other) => due(one) - due(other))
  try {
    for (const issue of shown.slice(0, MOST)) if (!(await isHeld(issue))) break
  } finally {
    holding = false
  }
}
