import type { wall as zh } from '../zh/wall'

/** The wallboard 挂图作战. */
export const wall: typeof zh = {
  title: 'Wallboard', today: '{weekday} {day}/{month}',
  reported: 'New today', closed: 'Closed today', open: 'Open', overdue: 'Overdue', dueToday: 'Due today', waiting: 'To verify', unrouted: 'Unrouted', returned: 'Returned',
  areas: 'Closure, {n} days', area: 'Area', rate: 'Closed', onTime: 'On time', all: 'District', spot: 'Points with much open',
  asOf: 'As of {at}', lost: 'Connection lost, trying again. As of {at}', noData: 'The server cannot be reached, trying again…',
  light: { auto: 'Light: by the hour', day: 'Light: day', night: 'Light: night' }, fullScreen: 'Full screen', leave: 'Leave',
}
