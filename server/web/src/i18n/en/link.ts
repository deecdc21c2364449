import type { link as zhLink, linkEvent as zhEvent, linkProblem as zhProblem } from '../zh/link'

/** Links for people without an account, and what came by them. */
export const link: typeof zhLink = {
  title: 'Links for people without an account', intro: 'A property manager, a contractor or a volunteer opens the link, sees this one issue and sends photos. What they send is your bureau’s draft: you decide whether to use it.',
  make: 'Make a link', forWhom: 'Who it is for', forWhomHint: 'For example: Wanjia Property (no telephone number)', task: 'What they are asked to do (may be left out)', taskHint: 'For example: clear the rubbish at the west gate and take a photo', lasts: 'Good for', days: '{n} days',
  forWhomMissing: 'Say who the link is for.', none: 'No link was made yet.', failed: 'The links could not be read.',
  url: 'Address of the link', qr: 'Code of the link for {whom}', show: 'Show code', hide: 'Hide code', copy: 'Copy link', copied: 'Copied: paste it into a message.', notCopied: 'It could not be copied; copy it by hand.', warning: 'Whoever has the link sees this issue. Send it only to those who do the work.',
  revoke: 'Take back', revokeSure: 'Take back the link for {whom}? They can no longer open it.', until: 'Good until {at}', used: 'opened {n} times, last {at}', unused: 'not opened yet', sent: 'sent {n} times', by: 'Made by {name} {at}',
  state: { good: 'good', waiting: 'to look at only', expired: 'expired', revoked: 'taken back', over: 'over' },
  drafts: 'Drafts from outside', draftFrom: 'Draft of {whom}', draftsWaiting: '{n} to look at', photo: 'Photo {n} of the draft', noPhotos: 'No photos.', howAdopt: 'You can take these photos over when you say that it is rectified, without sending them again.',
  waiting: 'to look at', adopted: 'taken over', discarded: 'thrown away', passed: 'dealt with', discard: 'Throw away', discardSure: 'Throw this draft away? Its photos can no longer be taken over.',
  adopt: 'Take over photos from outside', adoptHint: 'They go along with what you hand in; the verifier is told that they came by a link.', adoptOne: 'Take over photo {n} of {whom}', stillLooking: 'just arrived, being looked at',
}

export const linkEvent: typeof zhEvent = {
  link_made: 'A link was made for “{whom}”, good until {expires}', link_revoked: 'A link was taken back', draft_sent: 'A draft came by a link; photos: {shots}', draft_discarded: 'A draft from outside was thrown away',
}

export const linkProblem: typeof zhProblem = {
  'link-invalid': { title: 'The link is incomplete or not good', hint: 'Open it from the message again, or scan the code again.' },
  'link-expired': { title: 'The link has expired', hint: 'Make another one.' },
  'link-revoked': { title: 'The link was taken back', hint: 'Make another one.' },
  'link-over': { title: 'This has been settled, or somebody else sees to it now', hint: 'The link ended with it; nothing is left to do.' },
  'link-unknown': { title: 'There is no such link', hint: 'Refresh the page.' },
  'link-conflict': { title: 'Another link has this id', hint: 'Refresh the page and make the link anew.' },
  'links-too-many': { title: 'Too many links are good', hint: 'Take back one that is no longer needed.' },
  'link-for-whom': { title: 'Who it is for cannot stand so', hint: 'Write 1 to 40 characters: a firm or a role, no telephone number.' },
  'link-hours': { title: 'It cannot be good for so long', hint: 'Choose fewer days; the operator sets the most.' },
  'draft-unknown': { title: 'There is no such draft', hint: 'Refresh the page.' },
  'draft-conflict': { title: 'Another draft has this id', hint: 'Send it anew as another draft.' },
  'draft-empty': { title: 'Neither a photo nor words', hint: 'Take a photo first, or say something in words.' },
  'drafts-spent': { title: 'No more can be sent by this link', hint: 'Make another one.' },
  'drafts-too-many': { title: 'Too many drafts wait', hint: 'Look at those there are, or throw them away.' },
  'draft-photo-unknown': { title: 'A chosen photo cannot be taken over', hint: 'Its draft may have been thrown away: refresh, and choose again.' },
  'draft-photo-pending': { title: 'A chosen photo is still being looked at', hint: 'Send again in a few seconds.' },
}
