import type { fieldMap as zh } from '../zh/fieldMap'

/** The handheld's map. */
export const fieldMap: typeof zh = {
  legend: 'Key', locate: 'My position', here: 'My position', zone: 'Permitted zone', zoneOpen: 'Permitted zone, open', issues: '{n} issues', inPack: 'Counts the open issues of your field pack only.',
  permits: 'Allowed while open: {what}', reportHere: 'Report here', noPack: 'The map comes with the field pack, which is not on this phone yet. Fetch it once with a network; after that it works without.',
  locating: 'Finding your position…', denied: 'No permission to use your position. Allow it in the system’s settings.', unavailable: 'No position found. Try again under an open sky.',
}
