import type { fieldwork as zhFieldwork } from '../zh/fieldwork'

/** What is done in the street: reporting, looking again, counting, suggesting. */
export const fieldwork: typeof zhFieldwork = {
  back: 'Back', home: 'Home', homeTasks: 'Today’s tasks', homeRefused: '{n} not taken: open to see why',
  place: {
    title: 'Place', plan: 'Plan of the place', drag: 'Push the plan until the red pin is on the problem', accuracy: 'Located ±{n} m', looking: 'Locating…', here: 'Located', refused: 'No permission to locate', none: 'Cannot locate',
    missing: 'No place yet', missingHint: 'Tap to point at it', refusedHint: 'Allow location in the phone’s settings, or point at it.', moved: 'Moved {n} m', device: 'By the phone', back: 'Use the phone’s', use: 'Here it is', pointed: 'Pointed at on the plan', correct: 'Place, tap to correct', near: 'near {name}',
  },
  camera: {
    live: 'Viewfinder', shutter: 'Take a photo', album: 'Album', torch: 'Torch', ghost: 'Overlay', failed: 'The photo was not taken. Try again.',
    starting: 'Opening the camera…', refused: 'No permission for the camera', missing: 'No viewfinder here', useOwn: 'Press the red button to use the phone’s own camera.',
  },
  draw: { title: 'Mark the problem', hint: 'Draw on the photo with a finger', circle: 'Circle', arrow: 'Arrow', undo: 'Undo', done: 'Done', failed: 'The photo cannot be opened. Take it again.' },
  report: {
    title: 'Report', send: 'Send', sending: 'Saving…', again: 'Report another', more: 'Another photo', photo: 'Photo {n}', remove: 'Delete', mark: 'Mark', original: 'Original', opened: 'Photo {n}: enlarge, mark or delete',
    category: 'Category', categoryNone: 'May be left to the desk', condition: 'How bad is it', conditionNone: 'Not sure', recent: 'Used lately', around: 'Usual here', all: 'All categories', search: 'Pinyin initials or words, e.g. bllj', noCategory: 'Nothing found. Try other words, or send without one.', clear: 'None',
    note: 'Note', notePlaceholder: 'Note, optional', talk: 'Hold to talk', talking: 'Listening, let go to end', talkFailed: 'Not understood. Type, or use the keyboard’s microphone.', noteHint: 'The keyboard’s microphone takes speech too',
    selfHandled: 'Fixed on the spot', selfHandledHint: 'A photo before and one after; nobody is sent', takeAfter: 'Photo of it fixed', afterHint: 'Stand at the same spot, match the faint picture', before: 'Before', after: 'After', beforeMissing: 'No photo from before: open one and say so', afterMissing: 'A photo of it fixed is still missing', isBefore: 'Make it the one before', isAfter: 'Make it the one after', handledIssue: 'Issue {id}: fixed on the spot, closed',
    blind: 'Unannounced: keep it from bureaus for now',
    nearby: 'Open issues nearby. Is it one of these?', sameOne: 'That is it, no need to report', notSame: 'No, mine is another', joinIt: 'That is it, send my photo too', known: 'Already reported', knownHint: 'Issue {id} is being handled',
    stored: 'Kept', storedHint: 'Goes out by itself once there is a signal', handed: 'Delivered', handedHint: 'Nothing more to do', joined: 'Joined issue {id}', openedIssue: 'Issue {id}', noPicture: 'No photo on this phone yet', photosLeft: '{n} photos are still going out by themselves', refused: 'Not taken', see: 'See why',
    draft: 'Not finished last time', draftPhotos: '{n} photos, {time}', resume: 'Go on', drop: 'Delete', dropAsk: 'Delete this unfinished report? Its photos go too.', full: 'The phone is full. Free some room, or send what waits first.',
  },
  mine: {
    title: 'My reports', empty: 'Nothing reported yet', emptyHint: 'What you report is listed here, with how far it is.', waiting: 'To be sent', handled: 'Fixed by me', handledHint: 'Fixed on the spot and closed with the report; the desk looks at some of these.', checked: 'Fixed on the spot; the desk looked at it and agreed.', more: 'Earlier ones', offline: 'Not connected. This is how things stood at {time}.', noNetwork: 'No network. What you reported is safe; how far it is shows once there is a network.',
  },
  verify: {
    title: 'Verify', list: 'To verify', kilometres: '{n} km', before: 'Before', after: 'By the bureau', take: 'Take a photo here', hint: 'Stand at the same spot and match the faint picture', pass: 'It is fixed', fail: 'Not fixed', note: 'If not fixed, say what', noteMissing: 'Say in a word what is not fixed.', photoMissing: 'Take a photo here first.',
    closes: 'What must be seen', sentHint: 'Goes out by itself', gone: 'The bureau says it is no longer there', waiting: 'Verified, to be sent', notAllowed: 'This issue is not yours to verify', noBefore: 'The photo from before is not on this phone yet', noAfter: 'No photo of the rectification', since: 'Since {time}', order: 'Order', longest: 'Waiting longest', nearest: 'Nearest', atDesk: 'This lists what is to be verified in the street. Your bureau’s issues are on the desktop pages.', rework: 'Reworked {n} times', open: 'Enlarge before and after',
  },
  count: {
    title: 'Count', hint: 'Helmets, giving way: tap while you watch', going: 'Not finished', what: 'What to count', where: 'Where', here: 'Where I stand', right: 'Right', wrong: 'Wrong', helmetOn: 'Worn', helmetOff: 'Not worn', seen: 'Seen', rate: 'Rate', undo: 'Undo', finish: 'Finish', finishAsk: '{seen} seen, {right} right. Send?', sent: 'Noted', leave: 'Go on counting', drop: 'Discard', dropAsk: 'What was counted will be deleted.',
    again: 'Count elsewhere', noPack: 'The field pack is not here yet. Open this once with a network.', noCategory: 'Nothing is to be counted now.',
  },
  suggest: {
    title: 'Complaints and suggestions', prompt: 'Whatever is awkward or unfair, in the work or in this software.', placeholder: 'Write here', send: 'Send', sent: 'Sent. The answer will appear here.', stored: 'Kept. It goes out once there is a signal.', mine: 'What I wrote', empty: 'Nothing yet', answer: 'Answer', waiting: 'Waiting for an answer', unsent: 'To be sent', by: '{name}, {time}', offline: 'No network. Answers may be missing.',
  },
  settings: { picture: 'Photo size', small: 'Small', usual: 'Normal', large: 'Largest', pictureHint: 'Longest side {n} pixels' },
}
