import type { Issue } from '../../api/types'
import { issuePicture } from '../tasks/pictures'

/** So many issues have a picture on the device for a day without a network: some 4 MB, 40 MB at the very most. */
const MOST = 120

let holding = false

/** Whether the person asked their device to be sparing. */
function isSparing(): boolean {
  return (navigator as Navigator & { connection?: { saveData?: boolean } }).connection?.saveData === true
}

/** Has pictures of the issues that are due first on this device; one after the other, until one cannot be had. */
export async function holdThumbnails(issues: Issue[]): Promise<void> {
  if (holding || isSparing()) return
  holding = true
  const due = ({ due_at }: Issue): number => (due_at ? Date.parse(due_at) : Infinity)
  const shown = issues.filter(({ photos }) => photos.stored > photos.unreadable).sort((one, other) => due(one) - due(other))
  try {
    for (const issue of shown.slice(0, MOST)) await issuePicture(issue, 'before', 'thumbnail')
  } catch {
    // Out of reach, or no room: what is here is here, the rest comes another time.
  } finally {
    holding = false
  }
}
