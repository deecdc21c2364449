import type { offer as zhOffer, offerCommand as zhCommand, offerEvent as zhEvent, offerProblem as zhProblem } from '../zh/offer'

/** What has no bureau is offered to those who may own it. */
export const offer: typeof zhOffer = {
  title: 'To claim', left: '{span} left', until: 'Can be claimed until {at}', over: 'Its time is over; it is being passed on', whom: 'Offered to', own: 'Your bureau',
  asked: 'no answer yet', declined: 'declined', declinedAt: 'Declined {at}',
  first: 'The first that claims it leads, and has accepted it by that; ', help: 'the others stay and help.', leave: 'the others drop out.',
  otherwise: 'If nobody claims it: {bureau}.', desk: 'If nobody claims it, the office dispatches it.', byDesk: 'The office: {reason}',
  claimText: 'It is yours, and your bureau leads. Claiming it accepts it: the clock starts now, and nobody else can claim it.',
  declineText: 'Say why it is not yours. You may still claim it while there is time; once all have declined it is passed on.',
  offerText: 'Ask those who may own it: the first that claims it leads. Only the office’s own clock runs meanwhile; dispatching it takes it back.',
  hour: 'working hours', urgent: 'urgent hours', day: 'working days', kept: 'stay and help', gone: 'drop out',
}

/** Steps about offers, and what they ask for. */
export const offerCommand: typeof zhCommand = {
  offer: 'Offer to owners', claim: 'Claim', 'decline-claim': 'Not ours', candidates: 'Offered to', withinAmount: 'Time to claim', othersHelp: 'Once it is claimed, the others',
}

export const offerEvent: typeof zhEvent = {
  offered: 'Offered to those who may own it until {until}', claimed: '{helper} claimed it', claim_declined: '{helper} declined it', offer_lapsed: 'Nobody claimed it in time', offer_declined: 'All of them declined it',
  offeredTo: 'Offered to {bureaus}', lapsedAt: 'Its time was over {at}',
}

export const offerProblem: typeof zhProblem = {
  'not-offered': { title: 'It is not offered', hint: 'Refresh; if it is yours, tell the office.' },
  'not-candidate': { title: 'It is not offered to your bureau', hint: 'If it is yours, tell the office.' },
  'offer-over': { title: 'Another bureau has claimed it, or its time is over', hint: 'There is nothing to do; if it is yours, tell the office.' },
  'claim-declined': { title: 'Your bureau has declined it already', hint: 'If it is yours after all, claim it.' },
  'offered-already': { title: 'It is offered already', hint: 'Wait until its time is over, or dispatch it: that takes it back.' },
  'candidates-wrong': { title: 'Too few or too many bureaus', hint: 'Choose 1 to 20 that may own it.' },
  'within-invalid': { title: 'This time cannot be used', hint: 'Give a whole number, 30 days at most.' },
}
