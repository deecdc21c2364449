import type { request as zhRequest, suspension as zhSuspension } from '../zh/request'

/** 申请: a later limit 延期, a deferral 缓办, shelving 挂账; decided on by two persons of the office. */
export const request: typeof zhRequest = {
  title: 'Extension, deferral, shelving', by: 'Asked by', office: 'The creation office', at: 'Asked at', limit: 'Limit', why: 'Reason', level: 'Approval', first: 'Waits for the first level', second: '{by} approved at {at}; somebody else has to, too',
  verdict: 'Decide on the request', pass: 'Approve', fail: 'Do not approve', note: 'Why not', noteMissing: 'Say why it is not approved.',
  kind: { extension: 'Extension', deferral: 'Deferral', shelving: 'Shelving' }, deferral: 'Deferred until', cost: 'Money needed', yuan: '¥{n}', what: 'Asked for',
  form: 'Photo of the stamped form', formNeeded: 'From the second extension on, a photo of the stamped form is needed.', formLater: 'Not needed the first time, needed from the second on.', formAlways: 'Shelving needs a photo of the stamped form.', now: 'Limit now: {at}',
  asked: { extension: 'Asks for time until {at}', deferral: 'Asks to be deferred until {at}', shelving: 'Asks to be shelved, needs {cost}' }, ordered: { extension: 'Until {at}', deferral: 'The office would defer it until {at}', shelving: 'The office would shelve it, needs {cost}' },
  endorsed: 'First level: {by}, {at}', granted: 'Granted by {by}, {at}', refused: 'Not granted: {by}, {at}', waiting: 'Waits for a decision', lapsed: 'Lapsed undecided when the issue moved on',
}

/** 缓办 and 挂账: an issue whose clock stands still. */
export const suspension: typeof zhSuspension = {
  title: 'Deferred and shelved', lead: 'What is deferred comes back by itself; what is shelved is reviewed every month. The clock stands still, and as much time is left afterwards.', kind: { shelved: 'Shelved', deferred: 'Deferred' }, view: 'Kind',
  empty: { shelved: 'Nothing is shelved.', deferred: 'Nothing is deferred.' }, total: '{n} in all', cost: 'Money needed: {cost}', late: '{n} not reviewed in time', due: '{n} coming back now',
  stopped: 'Clock stands still since {at}', until: 'Deferred until {at}', untilShort: 'Back on {at}', reviewBy: 'Review by {at}', reviewLate: 'Not reviewed by {at}', reviews: 'Reviewed {n} times', never: 'Not reviewed yet',
  standing: { deferred: 'Deferred', shelved: 'Shelved' }, left: 'As much time is left when it is resumed', reviewed: 'Reviewed by {by}, {at}', more: 'Show more', column: 'Deferred, shelved',
  howCounted: 'What is deferred or shelved enters by the limit it had when its clock stopped, and is subtracted once, in that period: it is no part of what is due. Resumed, it is due by its new limit. What was late by then stays due in the periods before.',
  resumeHow: 'It goes on where it stood, with as much time as was left when its clock stopped.', reviewHow: 'If it can be done by now, resume it instead.',
}
