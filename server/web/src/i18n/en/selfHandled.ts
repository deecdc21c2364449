import type { selfHandled as zhSelfHandled } from '../zh/selfHandled'

/** What its finder fixed 自处置, and the desk's look at some of it. */
export const selfHandled: typeof zhSelfHandled = {
  tag: 'Self-handled', checked: 'Self-handled, check passed', noLead: 'Self-handled, not dispatched', clock: 'Fixed on the spot by whoever found it: not dispatched, no limit runs.',
  pass: 'Pass: it is fixed', fail: 'Fail: back to the desk', how: 'Compare the photos before and after. Pass what is fixed; say what is not, and it goes back to the desk to be filed and dispatched.',
  note: 'What is not fixed', noteMissing: 'Say what is not fixed before failing it.', column: 'Self-handled', notCounted: 'What its finder fixed is closed at once and has a column of its own: it is no part of what is due, and in no rate.',
  all: 'Self-handled issues', verdict: 'Sample check',
}
