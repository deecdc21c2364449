import type { rules as zhRules } from '../zh/rules'

/** The division of work: what is in force, and drafts tried with past issues. */
export const rules: typeof zhRules = {
  title: 'Routing rules', lead: 'They say who leads and who helps. The higher priority goes first, then more criteria; where that does not settle it the desk decides: nothing is guessed.', draft: 'Draft and try', search: 'Search rules, categories, bureaus, areas',
  inForce: 'in force', wasInForce: 'was in force', since: 'since {at}, reference data {n}', asWritten: 'As written', versions: 'Versions', unshown: 'These rules are written in a way that cannot be shown as a table: read them as written.', otherwise: 'Everything else',
  column: { name: 'Rule', when: 'Applies to', priority: 'Priority', bureau: 'Bureau', before: 'Before', after: 'By the draft', gained: 'Gained', lost: 'Lost', why: 'Why' },
  criterion: { condition: 'Condition', category: 'Category', class: 'Class', area: 'Area', place: 'Place', source: 'Source', owner: 'Owner', duty: 'Duty' },
  symbol: { subdistrict: 'Subdistrict office here', enforcement: 'Enforcement team here', owner: 'Its owner', duty: 'Duty unit', standard: 'As the standard says', claim: 'Whoever claims it' },
  draftLead: 'Change it, check it, try it with past issues, see what every bureau gains and loses, then publish.', sameVersion: 'The text differs and the version does not: give it another “version”, or it cannot be published.', lint: 'Check', again: 'Back to the rules in force', reallyAgain: 'The draft is dropped for the rules in force. Go on?', kept: 'The draft is kept on this computer.', unchanged: 'The same as the rules in force.',
  dropHint: 'or drop a file of rules (.toml)', showLine: 'Show line {n}', line: 'line {n}', clean: 'Checked: nothing found', findings: '{errors} errors, {warnings} warnings', severity: { error: 'Error', warning: 'Warning' },
  try: 'Try', tryLead: 'Writes nothing. Blind findings are left out.', against: 'Against', published: 'the rules in force', happened: 'where they were sent', day: { from: 'Reported from', to: 'Reported to', on: 'As if filed on' },
  tried: '{n} issues looked at', sum: { same: 'Same', changed: 'Other bureaus', newly_unrouted: 'Nobody any more', newly_routed: 'Somebody at last' }, more: 'Older ones were left out.', byBureau: 'By bureau', byIssue: 'By issue', examples: 'By issue ({n})', allBureaus: 'All bureaus',
  offers: 'Offers', offersLead: 'Where no lead can be told, an issue is offered to those who may own it, and the first that claims it leads; blind findings never are.', offerColumn: { candidates: 'Offered to', within: 'For', others: 'The others', otherwise: 'If nobody does' }, othersHelp: 'help', othersLeave: 'drop out', toDesk: 'the office', offered: 'Offered by the draft', nobody: 'Why nobody is found', issues: '{n} issues', idle: 'Rules that decide nothing: {rules}', asTable: 'As a table',
  publish: 'Publish', publishLead: 'In force at once; open issues that nobody has accepted are then assigned anew, accepted ones stay.', whatTouches: 'See which open issues it touches', reallyPublish: 'Really publish, in force at once',
}
