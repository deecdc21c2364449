/** The handheld's shell and its outbox. */
export const field = {
  tab: { home: 'Home', map: 'Map', tasks: 'Tasks', mine: 'Me' },
  tabs: 'Main menu', back: 'Back',
  offline: 'No network: photos and notes are kept on this phone',
  update: { ready: 'A new version is ready', take: 'Update now', waits: 'A new version is ready; it waits until {n} item(s) are sent' },
  report: 'Report', reportHint: 'Take a photo, send it',
  home: { greeting: 'Hello, {name}', outbox: 'To be sent', nothing: 'Nothing waits: all is delivered', tasks: '{n} to verify' },
  mine: {
    title: 'Me', account: 'Account and password', type: 'Type size', normal: 'Normal', large: 'Large', language: 'Language', storage: 'Storage', outbox: 'Outbox', signOut: 'Sign out', console: 'Open the desktop pages',
    leaveTitle: '{n} not sent yet', leaveText: 'They stay on this phone for you alone and go out once you sign in again. Nobody else can see them.', leave: 'Sign out anyway', stay: 'Stay',
  },
  outbox: {
    title: 'Outbox', empty: 'Nothing waits to be sent', emptyHint: 'What you report is kept on the phone first and goes out by itself; its progress is shown here.',
    pause: 'Pause', resume: 'Resume', retry: 'Send again', discard: 'Delete', mend: 'Put it right', without: 'Send without the missing photo', discardAsk: 'It cannot be brought back. Delete it?', all: 'Retry all',
    others: 'This phone also keeps {n} unsent of another account, until its owner signs in.',
    kind: { report: 'Report', count: 'Count', suggestion: 'Suggestion', command: 'Verification' },
    state: { draft: 'Draft', waiting: 'Waits to be sent', sending: 'Sending', paused: 'Paused', refused: 'Not accepted', done: 'Delivered, nothing left to do' },
    photos: 'Photos {sent}/{total}', photo: 'Photo {n}', next: 'Tries again in {span}',
  },
  tasks: { title: 'Tasks', verify: 'To verify', empty: 'Nothing to verify', emptyHint: 'What bureaus report as rectified is listed here.' },
  map: { title: 'Map', points: 'Points nearby', empty: 'The field pack holds no points yet' },
  pack: { fetched: 'Field pack of {time}', none: 'No field pack yet', refresh: 'Update the field pack', refreshing: 'Updating…', failed: 'The field pack could not be updated; the one on the phone is used.' },
  room: { used: '{used} used of {quota}', kept: 'The system will not clear this phone’s content by itself', notKept: 'The system may clear content when storage runs low: send soon', ask: 'Ask to keep it', full: 'The phone’s storage is full: this was not kept. Free some space and try again; do not close this page yet.' },
}
