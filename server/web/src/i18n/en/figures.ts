import type { figures as zh } from '../zh/figures'

/** Closure figures. */
export const figures: typeof zh = {
  title: 'Closure figures', own: 'Our closure figures', period: 'Period', periods: { today: 'Today', week: '7 days', days30: '30 days', month: 'This month', lastMonth: 'Last month' },
  fromTo: 'From {from} to {to}', asOf: ', made at {at} as of entry {n}; rounded half up to two decimals',
  due: 'Due', handled: 'Handled', handled_on_time: 'Handled in time', closed: 'Closed', closed_on_time: 'Closed in time', open: 'Still open', rework: 'Rework', extended: 'Extended',
  close_rate: 'Closed', on_time_close_rate: 'Closed in time', handle_rate: 'Handled', on_time_handle_rate: 'Handled in time', rework_rate: 'Rework', extension_rate: 'Extended',
  nothing: 'Nothing was due', total: 'All', none: 'None', table: 'Broken down', breakdown: 'Broken down by', by: { bureau: 'Bureau', subdistrict: 'Subdistrict', community: 'Community', point: 'Point' },
  trend: 'Over time', trendLabel: 'Due and closed issues, and the share closed in time, stretch by stretch', related: 'Lists, and how it is counted', limitInPeriod: 'Issues whose limit lies in the period', overdueNow: 'Issues overdue now', inRework: 'Issues in rework',
  howDue: 'Due: issues whose limit is no later than the end of the period and which were not closed before it (an overdue one counts in every period until it is closed), and those closed in it before a later limit. Void ones do not count.',
  howHandled: 'Handled is the bureau’s: the arrival of the rectification that passed; the wait for verification does not count. Closed is the pass itself. Both pairs of rates are given.',
}
