/** Verification: who looks again, how and why; and how long the office takes. */
export const verification = {
  title: 'Verification', lead: 'Somebody else looks at what bureaus say is done: at what is grave on site, at a share of the rest; the office looks at the photos of what the draw left out.',
  way: { on_site: 'On site', desk: 'From the desk', video: 'By video' }, how: 'How it was looked at', howDesk: 'By the rules somebody has to go there; from the desk it can only be failed.',
  ways: 'To be verified', all: 'All', why: 'Why it is looked at',
  because: {
    every: 'Whatever is grave is looked at on site.', rework: 'It failed before: somebody has to go there again.', contradicted: 'A later report says it is not done: somebody has to go there.',
    drawn: 'Drawn: the share is {percent}%, the number {number}; below {below} it is looked at.', left_out: 'Left out by the draw: the share is {percent}%, the number {number}. The office looks at the photos.',
    drawnDesk: 'Fixed by its finder and drawn: the share is {percent}%, the number {number}. The office looks at the photos.',
  },
  raised: 'Issue {issue} of this bureau failed its check, which raised the bureau’s share; {left} more to come.',
  chance: 'Anybody can reckon the draw', chanceHow: 'SHA-256 of “{seed}/{of}/when it was reported done (microseconds since 1970)”, its first 8 bytes modulo 10,000, is the number.',
  waitingSince: 'Since {at}', dueBy: 'Due by {at}', late: 'Late', nobody: 'Nobody has it', has: '{name}, until {until}', handed: 'Handed to {name}, until {until}', selfHandled: 'Fixed by finder', rework: 'Failed {n} times', noLead: 'No bureau',
  hand: 'Hand over', handTitle: 'Who verifies issue {id}', inspector: 'Inspector', inHand: '{name}, {n} in hand', confirm: 'Hand it over', free: 'Take back', look: 'Look at it', none: 'There is no inspector for it: nobody walks there, or all took part in the work.',
  empty: { on_site: 'Nothing to be looked at on site.', desk: 'Nothing to be looked at from the desk.' }, taken: '{n} taken', more: 'Load more',
  rules: 'Rules', ruleLow: 'What may take {days} days or more is of low gravity: {percent}% is looked at on site. All else is.', ruleNone: 'Everything is looked at on site.', ruleSelf: 'Of what its finder fixed the office looks at {percent}%.', ruleRaised: 'After a failed check {percent}% of the bureau’s next {next} are drawn.', ruleHold: 'A task is kept for {hours} hours for whoever took it, then it is free again; what they found still counts.', ruleSeed: 'Seed of the draw: {seed}',
  clocks: 'The office’s own clocks', clocksLead: 'Last 30 days, in working time; by role, never by person.', step: { filing: 'Report to filing', dispatch: 'Filing to dispatch', verification: 'Done to verdict' }, limit: 'Limit {n} working hours', onTime: 'On time', counts: 'On time {numerator} / counted {denominator}',
  median: 'Half took', p90: 'Nine of ten took', within: 'up to {time}', waiting: '{n} waiting', waitingLate: '{n} of them late', minutes: '{n} min', hours: '{n} working hours', noneYet: 'Nothing ended in this time.', byRole: 'By role', byWay: 'By way',
  role: { office: 'Office', inspector: 'Inspectors', supervisor: 'Supervisors', system: 'By rule', bureau: 'Bureaus', admin: 'Administrators' }, share: '{of} {n}',
  overdue: 'Waiting too long', overdueLead: 'What is past the office’s limit, the longest first.', overdueNone: 'Nothing waits too long.', waitsFor: '{step}, since {at}', shouldBe: 'Was due by {at}',
  field: {
    take: 'I will verify it', taken: 'Yours until {until}', handed: 'Handed to you, until {until}', back: 'Give it back', others: 'Somebody else has it', lapsed: 'Your time for it is over; what you find still counts.', offline: 'No network: it cannot be taken now. You may verify it all the same, and the result counts.', failed: 'It could not be taken: {why}', desk: 'The office looks at the photos; nobody has to go there.',
  },
}
