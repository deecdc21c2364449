/** What the pages of the creation office share. */
export const office = {
  nav: { desk: 'Desk' },
  condition: 'Category and condition', conditionHow: 'Words, pinyin initials or a code, like bllj', nothing: 'Nothing found', limit: 'Limit {limit}', noLimit: 'no limit', change: 'Change', whichCondition: 'Choose the condition',
}

/** The desk: what comes by chat or telephone becomes a report. */
export const desk = {
  title: 'Desk', lead: 'Screenshots from chat groups, calls and orders: paste, place, hand in.',
  photos: 'Screenshots or photos', photo: 'Picture {n}', removePhoto: 'Remove picture {n}', paste: 'Paste a screenshot', drop: 'or drop photos here', choose: 'Choose pictures', more: 'More pictures',
  place: 'Place', condition: 'Problem', conditionLater: 'leave it open when in doubt: filing sets it', note: 'Note', noteHow: 'What was seen, and who said so; needed without a picture', source: 'Source',
  fileAtOnce: 'File and dispatch at once; otherwise it waits to be checked', handInAndFile: 'Hand in and file',
  handIn: 'Hand in', lack: { evidence: 'Paste a screenshot, or write a note.', place: 'Choose the place: type a street, compound or point, or tap the map.' },
  sent: 'Just handed in', tally: '{n} handed in now', none: 'Numbers and where they went appear here.', waiting: 'Kept, waiting to be sent, {n} picture(s)', lineDown: 'What was handed in is kept on this computer and goes out by itself.',
  refused: 'Not taken: {why}', begun: 'Begun {at}, {n} picture(s)', goOn: 'Go on', discard: 'Discard', joined: 'Joined an issue that was there', photosOnly: 'Pictures only',
  unkept: 'This browser keeps no drafts: reloading the page loses what is not handed in.',
}
