/** 时限是怎么算的: every stretch of time on the way to a limit. */
export const limit = {
  how: 'How this limit was reckoned', loading: 'Reckoning…', stage: 'Stage {n}: {limit}', ends: 'ends {at}', counts: 'counts', not: 'does not count', provisional: 'provisional',
  waits: 'The holidays of {year} are not announced. It is reckoned without any, and anew as soon as they are.', changes: 'How the limit changed', version: 'By version {n} of the reference data', segment: 'Stretch', whole: 'In one sentence',
}
