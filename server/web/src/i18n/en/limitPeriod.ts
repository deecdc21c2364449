import type { limitPeriod as zh, limitPeriodProblem as zhProblem } from '../zh/limitPeriod'

/** 迎检时限: shorter limits for a time. */
export const limitPeriod: typeof zh = {
  title: 'Shorter limits for a time', lead: 'What is dispatched within such a time has a shorter limit, and what is open may follow. Nobody is overdue by it at once.',
  add: 'Set one', edit: 'Change', end: 'End now', withdraw: 'Withdraw', none: 'None was set yet.', noneHint: 'Before an evaluation, limits can be made shorter for a time here: try it first, then put it in force.',
  newTitle: 'Set shorter limits for a time', editTitle: 'Change “{name}”', name: 'Name', namePlaceholder: 'For example: provincial evaluation', from: 'From', until: 'Until', categories: 'Categories', all: 'All', allHint: 'All, where none is chosen', bureaus: 'Lead bureaus',
  how: 'Limits become', percent: 'A share', percentLabel: 'Percent of each limit (1–99, each stage rounded up)', limit: 'One limit for all', limitLabel: 'One limit for all', percentSays: '{n} % of each limit', limitHint: 'For example 2工作时, 1工作日 or 2紧急工作时+3工作日',
  openToo: 'Open issues follow: running anew from when it is put in force (or begins), only where that ends earlier', openTooSays: 'open issues follow', newOnly: 'only what is dispatched within it',
  preview: 'Try', previewSays: 'Of {all} open issues {n} would be due earlier. None would be overdue at once.', previewNone: 'Of {all} open issues none would be due earlier.', examples: 'The first {n} of them:', noLimit: 'no limit', save: 'Put in force', saved: 'In force. {n} open issues are becoming due earlier.',
  sureEnd: 'End “{name}” now? What is dispatched from now on has its own limit; what was shortened stays so.', sureWithdraw: 'Withdraw “{name}”? Limits will not be shortened.', ended: 'Ended. What is dispatched from now on has its own limit.', withdrew: 'Withdrawn.',
  withdrawn: 'withdrawn', now: 'in force', over: 'over', ahead: 'to come', when: 'When', shorter: 'Limits become', forWhat: 'For', history: 'Every change', missing: 'Give a name, from when until when, and what limits become.', wrongOrder: 'It has to end after it begins.',
}

export const limitPeriodProblem: typeof zhProblem = {
  'limit-period-invalid': { title: 'These limits do not hold', hint: 'Check the name (at most 60 characters), from and until, and the share (1–99) or how the limit is written, such as 2工作时.' },
}
