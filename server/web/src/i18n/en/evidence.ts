/** What speaks against an after-photo, in numbers. */
export const evidence = {
  title: 'Check of the after-photos', photo: 'Photo {n}', clean: 'nothing found', block: 'Cannot close the issue', look: 'Worth a look',
  anew: 'Take a new after-photo at the place.', open: 'Open issue {id}', other: 'another issue',
  by: { device: 'By the phone’s position', camera: 'By what the camera wrote' }, clock: { device: 'By the phone’s clock', camera: 'By what the camera wrote' },
  within: ' (±{m} m)',
  found: {
    'not-arrived': 'The photo has not arrived', unreadable: 'The photo cannot be read', 'not-compared': 'It is being compared with earlier photos; look again in a moment',
    'seen-before': 'The very same photo was sent with {of}', copied: '{percent}% the same picture as a photo of {of}', 'copied-own': '{percent}% the same picture as an earlier photo of this issue', 'seen-own': 'The very same photo was sent with this issue before',
    'before-dispatch': '{by}, taken {span} before the dispatch', 'before-problem': 'Taken {span} before the photo of the problem', 'another-visit': 'Taken {span} after the photo of the problem: another visit',
    'time-by-device': 'The camera wrote no time; the phone’s is used', 'times-disagree': 'What the camera wrote and the phone’s clock are {span} apart',
    'place-unknown': 'It does not say where it was taken', 'place-inaccurate': 'Its position may be off by {accuracy} m: too much to tell whether it is the place',
    'too-far': '{by}, {metres} m from the issue{within}', 'places-disagree': 'The camera says {metres} m from the issue, the phone was near', 'sent-by-link': 'It came by a link from somebody without an account, and the bureau took it over',
  },
  issue: 'issue {id}',
}
