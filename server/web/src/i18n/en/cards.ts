import type { cards as zhCards } from '../zh/cards'

/** 督办卡、协调函: drafted by rule or by hand, signed, delivered, replied to. */
export const cards: typeof zhCards = {
  title: 'Supervision', lead: 'Cards are drafted by rule or by hand and signed by another person; they are accepted once all their issues are closed. Vertical units and companies get letters.', leadBureau: 'Cards and letters delivered to your bureau. Please reply in time.',
  kind: { card: 'Supervision card', letter: 'Letter' },
  colour: { white: 'White card', yellow: 'Yellow card', red: 'Red card' },
  stage: { draft: 'To be signed', signed: 'To be delivered', delivered: 'Awaiting reply', replied: 'To be accepted', accepted: 'Accepted', upgraded: 'Upgraded', withdrawn: 'Withdrawn' },
  all: 'All', late: 'Reply late', anyColour: 'Any colour', mine: 'Drafted by me', filterColour: 'Colour', filterStage: 'Stage',
  empty: 'No cards', emptyHint: 'What is overdue, not accepted or reworked again and again is drafted by rule; you can also draft a card by hand.',
  proposals: 'Proposed talks and accountability', proposalsLead: 'By cards delivered in the last {days} days and not withdrawn. Leaders decide.', proposalLine: 'white {white} · yellow {yellow} · red {red}', measure: { talk: 'Talk proposed', accountability: 'Accountability proposed' },
  noNumber: 'no number yet', draftedBy: 'drafted by rule', byHand: 'drafted by hand', issues: '{n} issues', replyBy: 'reply by {at}', replyDays: 'reply within {n} working days of delivery', isLate: 'reply late', owedAt: 'condition came true {at}',
  to: 'To {bureau} ({to})', back: 'Back to cards', notFound: 'There is no such card, or it was not delivered yet.',
  facts: 'What it is about', about: 'Issues', openLeft: '{n} still to be closed; the card is accepted after that.', allClosed: 'All its issues are closed.', limit: 'limit {at}', noLimit: 'no limit', consequence: 'Consequence', upgradeOf: 'Upgraded from', upgradedTo: 'Upgraded to', see: 'open',
  reply: 'Reply', noReply: 'No reply yet.', cause: 'Cause', measures: 'Measures', person: 'Person responsible', photos: 'Photos of the work', scan: 'stamped reply', scanPhotos: 'Photos of the stamped reply', replied: 'Replied by {by} on {at}',
  timeline: 'What happened', byRule: 'by rule',
  event: { drafted: 'Drafted', signed: 'Signed', delivered: 'Delivered', replied: 'Replied', accepted: 'Accepted', upgraded: 'Upgraded', withdrawn: 'Withdrawn', commented: 'Comment' },
  step: { sign: 'Sign', deliver: 'Deliver', reply: 'Reply', accept: 'Accept', upgrade: 'Upgrade', withdraw: 'Withdraw', comment: 'Comment' },
  say: {
    sign: 'It gets its number; nothing in it changes after that.', deliver: 'The bureau sees it from then on, and the time to reply runs.', accept: 'The reply holds, and every issue was verified and closed.',
    upgrade: 'This card ends here; a graver one is drafted, to be signed and delivered as any other.', withdraw: 'It ends here; a number it has is not used again.', comment: 'On record only; no clock moves.', reply: 'Give cause, measures and the person responsible, with a photo of the stamped reply. You may reply again; the latest holds.',
  },
  text: { accept: 'Remark (optional)', upgrade: 'Reason for the upgrade', withdraw: 'Reason for the withdrawal', comment: 'Comment' },
  missing: 'Please fill in: {field}', confirm: '{word}', stale: 'Somebody else has just worked on this card. Please reload.',
  draft: 'Draft a card', draftLead: 'Say what it is about and name the issues; somebody else signs it.', bureau: 'To bureau', issueNumbers: 'Issue numbers', issueNumbersHint: 'separated by commas or spaces', factsHint: 'For example: rubbish around Dongguan market again and again; two verifications failed.', letterNote: 'This unit gets a letter, which has no colour.', saveDraft: 'Save for signing',
  onIssue: 'Supervision cards', make: 'Draft a card on this issue',
  print: 'Print', savePdf: 'Save as PDF', sheet: { heading: 'National Civilized City campaign', card: 'Supervision Card', letter: 'Letter of Coordination', to: 'To', addressee: 'Addressee', issue: 'Issue', place: 'Place', due: 'Time limit', state: 'Stage', reply: 'Reply', replyText: 'Please reply in writing by {at} with cause, measures and the person responsible, stamped.', replyDays: 'Please reply in writing within {n} working days of delivery with cause, measures and the person responsible, stamped.', signed: 'Signed', seal: '(seal)', date: 'Date', draft: 'Not signed; for review only', receipt: 'Received', receiptLine: 'By: ____________  Date: ____________' },
}
