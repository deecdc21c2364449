import type { clock as zhClock, route as zhRoute } from '../zh/story'

/** The clock of an issue, explained. */
export const clock: typeof zhClock = {
  title: 'Limit and time taken', limit: 'Time limit: {limit}', stop: '. ', fromTo: 'From the first dispatch at {from} until {to}; dispatching it again does not start it anew.', notYet: 'Not dispatched yet: the clock has not started.', moved: 'The first limit was {at}; it was moved since.',
  counting: { urgent: 'Urgent limits run on through nights and holidays.', working: 'Only office hours on working days count.', workdays: 'Only working days count, make-up days included.', days: 'Every calendar day counts.' },
  waiting: { filing: 'To be filed', dispatching: 'To be dispatched', accepting: 'To be accepted', working: 'In work', verifying: 'To be verified', reworking: 'To be reworked', settling: 'Returned, to be dispatched again', standing: 'Deferred or shelved' },
  who: { office: 'Creation office', verifier: 'Verifier' }, since: 'since {from}', runs: 'counts as handling', stands: 'does not count', ran: 'Handling took {span} in all (by the wall clock)',
}

/** Why an issue went where it did. */
export const route: typeof zhRoute = {
  title: 'Dispatch and why', how: 'Decided', because: 'Criteria met', version: 'Rules', inWords: 'In full', met: '{criterion}: {value}', desk: 'By the desk: {reason}',
  kind: { rule: 'By rule “{rules}”', no_rule: 'No rule holds: the desk decides', tie: 'Rules “{rules}” tie: the desk decides', unresolved: 'Nobody is known here for rule “{rules}”: the desk decides', blind: 'A blind finding: not dispatched before its release', offer: 'No lead was found: offered by “{rules}” to those who may own it', unclaimed: 'Nobody claimed it: the desk decides' },
  criterion: { condition: 'Condition', category: 'Category', class: 'Class', area: 'Area', place: 'Place', source: 'Source', owner: 'Owner', duty: 'Duty' },
  place: { back_street: 'back street', compound: 'compound', main_road: 'main road' },
}
