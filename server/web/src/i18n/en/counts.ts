/** Counts of what goes by. */
export const counts = {
  title: 'Counts', lead: 'How many were seen, how many of them were right. Nobody is named.', period: 'Period', days: 'Last day | Last {n} days', empty: 'Nothing was counted in this time.', sums: 'By what and where', each: 'One by one', noPlace: 'Place unknown', times: '{n} count | {n} counts',
}

/** What people say about the system, and what is answered. */
export const suggestions = {
  title: 'Suggestions', lead: 'What people who work with the system say; they read the answer.', state: { open: 'To answer', answered: 'Answered' }, empty: { open: 'Nothing waits for an answer.', answered: 'Nothing was answered yet.' },
  answer: 'Answer', how: 'What will be done, and by when', answered: 'Answered {at}', sent: 'Answered; whoever asked can read it.',
}
