import type { extension as zhExtension } from '../zh/extension'

/** 延期: a later limit, asked for by the lead bureau and decided on by two persons of the office. */
export const extension: typeof zhExtension = {
  title: 'Extension', by: 'Asked by', at: 'Asked at', limit: 'Limit', why: 'Reason', level: 'Approval', first: 'Waits for the first level', second: '{by} approved at {at}; somebody else has to, too',
  verdict: 'Decide on the extension', pass: 'Approve', fail: 'Do not approve', note: 'Why not', noteMissing: 'Say why it is not approved.',
  form: 'Photo of the stamped form', formNeeded: 'From the second extension on, a photo of the stamped form is needed.', formLater: 'Not needed the first time, needed from the second on.', now: 'Limit now: {at}',
  asked: 'Asks for time until {at}', endorsed: 'First level: {by}, {at}', granted: 'Granted by {by}, {at}', refused: 'Not granted: {by}, {at}', waiting: 'Waits for a decision', lapsed: 'Lapsed undecided when the issue moved on',
}
