/** What the pages of the creation office share. */
export const office = {
  nav: { desk: 'Desk', triage: 'Triage' },
  removeBureau: 'Remove {name}', bureauHow: 'Bureau by name or pinyin initials',
  condition: 'Category and condition', conditionHow: 'Words, pinyin initials or a code, like bllj', nothing: 'Nothing found', limit: 'Limit {limit}', noLimit: 'no limit', change: 'Change', whichCondition: 'Choose the condition',
}

/** The desk: what comes by chat or telephone becomes a report. */
export const desk = {
  title: 'Desk', lead: 'Screenshots from chat groups, calls and orders: paste, place, hand in.',
  photos: 'Screenshots or photos', photo: 'Picture {n}', removePhoto: 'Remove picture {n}', paste: 'Paste a screenshot', drop: 'or drop photos here', choose: 'Choose pictures', more: 'More pictures',
  place: 'Place', condition: 'Problem', conditionLater: 'leave it open when in doubt: filing sets it', note: 'Note', noteHow: 'What was seen, and who said so; needed without a picture', source: 'Source',
  fileAtOnce: 'File and dispatch at once; otherwise it waits to be checked', handInAndFile: 'Hand in and file',
  handIn: 'Hand in', lack: { evidence: 'Paste a screenshot, or write a note.', place: 'Choose the place: type a street, compound or point, or tap the map.' },
  sent: 'Just handed in', tally: '{n} handed in now', none: 'Numbers and where they went appear here.', waiting: 'Kept, waiting to be sent, {n} picture | Kept, waiting to be sent, {n} pictures', lineDown: 'What was handed in is kept on this computer and goes out by itself.',
  refused: 'Not taken: {why}', begun: 'Begun {at}, {n} picture | Begun {at}, {n} pictures', goOn: 'Go on', discard: 'Discard', joined: 'Joined an issue that was there', photosOnly: 'Pictures only',
  unkept: 'This browser keeps no drafts: reloading the page loses what is not handed in.',
}

/** Triage: what waits for the office to decide. */
export const triage = {
  title: 'Triage', queues: 'Queues', queue: { reported: 'To file', unrouted: 'Unrouted', offered: 'To claim', returned: 'Returned', request: 'Requests', self_handled: 'Self-handled' }, waiting: 'Issues in the queue', noNote: 'No note',
  empty: { reported: 'No report waits to be filed', unrouted: 'No issue waits for a bureau', offered: 'No issue waits to be claimed', returned: 'No issue was returned', request: 'No request waits to be decided on', self_handled: 'Nothing self-handled waits to be looked at' },
  previous: 'Previous', next: 'Next', steps: 'One after the other', at: '{n} of {total}', last: 'Just done:', keysMove: 'move', keysOffer: 'take an offer', keysAct: 'decide',
  suggested: 'Suggested categories', goesTo: 'Would go to', nobody: 'No bureau found: the desk decides', offers: 'those who may own it, to be claimed', near: 'Open issues nearby: is it one of these?', noneNear: 'No open issue nearby.', sameFamily: 'same kind', mergeInto: 'Same problem: merge into it', photoOf: 'Photo of issue {id}',
  releaseFirst: 'A blind finding is dispatched once it is released.', notYours: 'There is nothing to do now.', reasons: { byDuty: 'By the division of work', localFirst: 'The locality acts first', byOwner: 'The owner is responsible', agreed: 'Agreed with the bureau' },
}
