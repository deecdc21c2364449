import type { guest as zhGuest } from '../zh/guest'

/** The page that a link opens, for somebody without an account. */
export const guest: typeof zhGuest = {
  title: 'Help to put it right', from: '{bureau} asks {whom} for help', number: 'Issue {id}', until: 'This link is good until {at}', loading: 'Loading…', language: '中文', retry: 'Try again',
  what: 'What is wrong', task: 'What you are asked to do', where: 'Where', near: 'about {n} m from {point}', at: 'at {point}', coordinates: 'Coordinates {lat}, {lon}', due: 'To be done by', noDue: 'No limit', overdue: 'overdue',
  closes: 'When it is done', before: 'How it looked', beforeNone: 'There is no photo of it.', photo: 'Photo {n}', open: 'enlarge', close: 'Close',
  send: 'Send photos', camera: 'Take a photo', album: 'Choose photos', left: 'at most {n}', reading: 'Reading the photos…', remove: 'Remove photo {n}', note: 'In words', noteHint: 'For example: cleared, and the ground washed', submit: 'Send', again: 'Send again',
  full: 'At most {n} at a time; the others were left out.', tooLarge: '“{name}” is too large (more than {mb} MB). Please choose another one.', wrongType: '“{name}” is no photo that can be used. Please choose another one.',
  locating: 'Finding where you are…', located: 'Your position goes along (±{m} m)', noFix: 'No position: the photos may not be enough to settle this. Allow the use of your position and try again.', locate: 'Add my position', why: 'It is used only to see that the photos were taken there.',
  sending: 'Sending…', uploading: 'Sending photo {n} of {total}', empty: 'Take a photo first, or say something in words.', kept: 'Nothing of what you wrote and took is lost. Send again; nothing will be there twice.',
  thanks: 'Sent. Thank you!', thanksText: '{bureau} looks at what you sent and decides whether to hand it in. You can close this page, or send more.',
  sent: 'What you sent', sentAt: 'sent {at}', photosHere: 'photos: {n}', photosMissing: 'photos that did not arrive: {n}',
  waits: 'It was handed in and is being checked; nothing more is needed for now.', spent: 'No more can be sent by this link. If there is more, ask whoever gave it to you for another one.',
  privacy: 'This page shows this one thing only. What you send is seen by the bureau in charge and the creation office alone.',
  gone: 'This link can no longer be used',
  problem: {
    unreachable: { title: 'The server cannot be reached', hint: 'Check the network, then try again.' },
    unexpected: { title: 'That did not work', hint: 'Try again later; if it stays, tell whoever gave you the link.' },
    'link-invalid': { title: 'The link is incomplete or not good', hint: 'Open it from the message again, or scan the code again; else ask whoever gave it to you for another one.' },
    'link-expired': { title: 'The link has expired', hint: 'If it is still needed, ask whoever gave it to you for another one.' },
    'link-revoked': { title: 'The link was taken back', hint: 'If you wonder why, ask whoever gave it to you.' },
    'link-over': { title: 'This has been settled, or somebody else sees to it now', hint: 'There is nothing left for you to do. If you think otherwise, ask whoever gave you the link.' },
    'too-many-requests': { title: 'Too many requests', hint: 'Wait a minute, then try again.' },
    'drafts-spent': { title: 'No more can be sent by this link', hint: 'Ask whoever gave it to you for another one.' },
    'drafts-too-many': { title: 'Too much waits to be looked at', hint: 'Wait until the bureau has looked at it, then send again.' },
    'wrong-stage': { title: 'Nothing is needed now', hint: 'It was handed in and is being checked.' },
    'too-large': { title: 'The photo is too large', hint: 'Choose a smaller one.' },
    'photo-digest-mismatch': { title: 'The photo was damaged on the way', hint: 'Send again.' },
    'photo-header-unreadable': { title: 'The photo cannot be read', hint: 'Remove it and take another one.' },
    'photo-too-many-pixels': { title: 'The photo has too many pixels', hint: 'Choose a smaller one.' },
    'photo-type-mismatch': { title: 'The photo is of another type than it says', hint: 'Remove it and take another one.' },
  },
}
