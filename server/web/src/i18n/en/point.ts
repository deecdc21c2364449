import type { point as zh } from '../zh/point'

/** The list of points, and one point's page. */
export const point: typeof zh = {
  title: 'Points', find: 'Name, pinyin initials or code', anyKind: 'Every kind', name: 'Point', area: 'Area', radius: 'Surroundings', open: 'Open', openWithin: 'Open issues',
  metres: '{n} m', count: '{n} points', counting: 'Counting…', atLeast: '{n}+', sortOpen: 'Most open first', sortCode: 'By code',
  empty: 'No point like this', emptyHint: 'Try another name or kind.', clear: 'Clear', back: 'All points', map: 'Where the points are', notFound: 'There is no such point', notFoundHint: 'The code may be wrong, or the point was given up.',
  facts: '{kind} · surroundings of {n} m', total: '{open} open, {total} in all', seeOpen: 'See the open issues', seeAll: 'All issues',
  bandTitle: 'Open by band', bandOpen: '{n} open', bandTotal: '{n} in all', band: { core: 'Core', near: 'Near', wide: 'Wide' }, reach: '{from}–{to} m',
  categories: 'Open issues by category', noneOpen: 'Nothing is open in the surroundings.', noneOpenHint: 'New reports appear here by themselves.',
  places: 'Back streets and compounds around', streets: 'Back streets ({n})', compounds: 'Compounds ({n})', noPlaces: 'No back street or compound is registered in the surroundings.', beside: '{n} open', away: '{n} m', onSpot: 'adjoining', showOnMap: 'Show on the map', managed: 'managed', unmanaged: 'no property manager',
  zones: 'Permitted zones', duties: 'Who answers for it', noDuties: 'No duty is registered.',
  duty: { site_head: 'Head of the point', road_head: 'Head of the road', street_head: 'Head of the street', lane_head: 'Head of the lane', building_head: 'Head of the building', supporting_unit: 'Supporting unit', grid_worker: 'Grid worker' },
  legend: { late: 'Overdue', soon: 'Due within 2 h', open: 'Under way', check: 'To be verified' }, openIssue: 'Open the issue', cluster: '{n} issues: zoom in', sameSpot: '{n} issues here',
}
