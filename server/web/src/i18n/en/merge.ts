import type { merge as zhMerge } from '../zh/merge'

/** Two issues that are one problem. */
export const merge: typeof zhMerge = {
  this: 'This one', other: 'Merged into', change: 'Choose another', how: 'Which one is the same problem? Choose it to see both side by side.',
  noneNear: 'There is nothing nearby to merge it into.', byNumber: 'Find by number', numberHow: 'Issue number, e.g. 398', look: 'Look', apart: '{far} apart',
  will: 'What will happen', final: 'A merge cannot be undone.',
  willMove: 'Issue {into} takes the reports ({reports}) and photos ({photos}) of issue {id}, and then has {total} reports.', willEnd: 'Issue {id} ends and is no longer counted; whoever reported it sees issue {into} instead.',
  willKeep: '{bureau} goes on handling issue {into}.', willChange: '{bureau} goes on handling issue {into}; {other} is no longer in charge of issue {id}.', willLimit: 'The limit of issue {into} becomes the earlier one, {at}.',
  clock: 'Merged: the limit is that of the other issue.', into: 'The same problem as issue {into}: merged into it', absorbed: 'Took in', go: 'See issue {into}',
}
