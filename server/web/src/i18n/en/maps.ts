import type { maps as zh } from '../zh/maps'

/** Maps: picking a place, points and their surroundings, the wallboard. */
export const maps: typeof zh = {
  label: 'Map: areas, points and their surroundings', zoomIn: 'Zoom in', zoomOut: 'Zoom out', compass: 'North up', twoFingers: 'Use two fingers to move the map',
  noWebgl: 'This browser has no WebGL, so the map cannot be drawn. Places can be found by name.', failed: 'The map could not be drawn. Open it again.', loading: 'Loading the map…',
  found: { point: 'Point', back_street: 'Back street', compound: 'Compound', site: 'Site', area: 'Area', permitted_zone: 'Permitted zone' },
  find: 'Find a street, compound or point', findHint: 'Type a name or its pinyin initials, e.g. ybx', findNone: 'Nothing is called “{text}”', findCount: '{n} results', clear: 'Clear',
  pick: 'Choose the place', pickHint: 'Tap the map, or drag the pin.', pickKeys: 'Pin: arrow keys move it 5 m, with Shift 50 m', pin: 'Pin',
  nothingPicked: 'No place chosen yet', byDevice: 'By the device', byHand: 'Placed by hand', bySearch: 'Found by name',
  accuracy: 'accurate to about {n} m', backToDevice: 'Back to my position', whole: 'Whole district', moved: '{n} m from the device’s position',
  kilometres: '{n} km',
  band: { core: 'within 500 m', near: 'within 1 km', wide: 'within 2 km' },
  near: '{n} m from {name}', inside: '{name}', outside: 'Outside of every area',
  day: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'], dayRun: '{from}–{to}', dayComma: ', ', daily: 'daily', nextDay: '{at} the day after',
  openAlways: 'Always open', closed: 'Closed', openUntil: 'Open until {at}', closedUntil: 'Closed until {day} {at}',
}
