import { linkEvent } from './link'
import { offerEvent } from './offer'
import { partEvent } from './part'
import { stagedEvent } from './staged'
import type { event as zhEvent, flag as zhFlag } from '../zh/event'

/** What happened to an issue, a sentence for each kind of event. */
export const event: typeof zhEvent = {
  ...linkEvent,
  ...offerEvent,
  ...partEvent,
  ...stagedEvent,
  reported: 'Reported the problem', joined: 'Reported the same problem again, {distance} m away', raised: 'Found graver: now handled as “{condition}”',
  filed: 'Filed: {category}', filedByRule: 'Filed by rule: {category}', refused: 'Refused: {reason}', unrouted: 'No bureau could be found; the desk decides',
  dispatched: 'Dispatched to {lead}', accepted: 'Accepted by {bureau}', returned: 'Returned by {bureau}: {reason}', rectified: 'Rectified by {bureau}: {outcome}',
  asked: '{by} asks: {wish}', endorsed: 'Approved at the first level', extended: 'Extension granted: the limit is now {dueAt}', declined: 'What was asked for is not granted',
  deferred: 'Deferred until {until}: the clock stands still', shelved: 'Shelved: the clock stands still; it needs {cost}', reviewed: 'Reviewed: still not solvable', resumed: 'Resumed: the limit is now {dueAt}', resumedUnlimited: 'Resumed',
  byItself: 'The deferral was over', reviewBy: 'Next review by {at}',
  closed: 'Passed verification and closed', overridden: 'Closed by override', reopened: 'Failed verification, back for rework', voided: 'Voided: {reason}', merged: 'The same problem as #{into}: merged into it', absorbed: 'Took #{issue} in, with {reports} reports', released: 'Blind finding released: bureaus see it now',
  self_handled: 'Fixed by whoever found it, shown before and after', checked: 'Passed the desk’s sample check', check_failed: 'Failed the desk’s sample check: back to the desk',
  photo_stored: '{n} photo received | {n} photos received', photo_unreadable: 'A photo cannot be read', photo_flagged: 'A photo is doubtful', limit_recomputed: 'The limit was reckoned anew: {dueAt}', reassigned: 'Reference data changed: its areas and points were set anew',
  system: 'System', comma: ', ', cooperating: 'Cooperating: {bureaus}', due: 'To be handled by {at}', returnable: 'May be returned until {at}',
  blind: 'A blind finding: bureaus do not see it until it is released', againstRectification: 'Contradicts the rectification', withPhotos: '{n} photo attached | {n} photos attached',
}

/** What is odd about the first report of an issue, by the server's codes. */
export const flag: typeof zhFlag = {
  title: 'Odd about the report',
  'position-missing': 'There was no position: the desk sets the place.', 'position-invalid': 'The position is not on Earth: the desk sets the place.', 'position-zero': 'The position was (0, 0), so the phone had no fix: the desk sets the place.',
  'position-outside': 'The position is outside the district; check the datum.', 'position-near-border': 'The position is just outside the district; the nearest area was taken.', 'position-inaccurate': 'The position is inaccurate; ask the reporter where it was.',
  'clock-past': 'The phone’s clock was behind; arrival time was used.', 'clock-future': 'The phone’s clock was ahead; arrival time was used.', 'category-missing': 'No category was given: the desk sets it.',
}
