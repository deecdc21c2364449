import type { work as zh } from '../zh/work'

/** The list to work from. */
export const work: typeof zh = {
  tabs: 'Views', tab: { all: 'All open', claim: 'To claim', accept: 'To accept', working: 'In work', tonight: 'Due tonight', overdue: 'Overdue', helping: 'Helping', checked: 'Being verified' },
  mark: { tonight: 'Due tonight', returnable: 'Returnable for {span}', asking: 'Request waits', extended: 'Extended', drafts: 'Drafts from outside', claimable: 'To claim, {span} left' },
  hearing: { live: 'Live', polling: 'Updated now and then', off: 'Not connected' },
  filters: 'Filters', filtersSet: 'Filters {n}', anyCategory: 'Any category', sort: 'Sort', byDue: 'Due soonest', byNewest: 'Newest',
  narrowed: { bureau: 'Bureau: {value}', lead: 'Lead: {value}', owes_part: 'Part owed by {value}', band: 'Band: {value}', new_since: 'New since {value}', returned: 'Returned', category: 'Category: {value}', area: 'Area: {value}', point: 'Point: {value}', bbox: 'Part of the map', due_before: 'Due before {value}', due_after: 'Due from {value}', unrouted: 'Unrouted', offered: 'To claim', offered_to: 'To be claimed by {value}', self_handled: 'Self-handled' }, takeOff: 'Take this filter off',
  tick: 'Select issue {id}', tickAll: 'Select all shown', selected: '{n} selected', clearSelection: 'Clear', left: 'No longer in this list; goes at the next refresh',
  acceptN: 'Accept {n}', returnN: 'Return {n}', passOn: 'Copy to pass on', printSelected: 'Print selected', confirmN: '{word} {n}',
  bulkTitle: '{word}: {n} issue | {word}: {n} issues', skipped: '{n} more cannot take this step, or another bureau leads; they are left alone.', eachAlone: 'Each is sent alone: one that is refused keeps no other from being done.',
  bulkRunning: '{word}: {n} of {total}', bulkDone: '{word}: all {done} done', bulkPartly: '{word}: {done} done, {failed} not', sendAgain: 'Send {n} again',
  newer: '{n} new: show', tally: '{n} in all, {order}', tallyMore: '{n} shown, {order}',
  passOnHead: 'Please handle these {n}:', passOnDue: 'due {at}', passOnComma: ', ', passedOn: '{n} copied: paste them into your group.', notPassedOn: 'Not copied: please select and copy by hand.',
  print: 'Print', printedAt: 'Printed at {at}', help: 'Keyboard', save: 'Export', saveXlsx: 'Export to Excel', saveCsv: 'Export as CSV', saving: 'Exporting…', file: 'Issues',
  keys: { title: 'Keyboard', next: 'Next issue', previous: 'Previous issue', toggle: 'Select or not', accept: 'Accept (selected, or this one)', giveBack: 'Return (selected, or this one)', open: 'Open this one', search: 'Search', fresh: 'Show what is new', clear: 'Clear the selection', help: 'This help' },
}
