import type { staged as zhStaged, stagedCommand as zhCommand, stagedEvent as zhEvent, stagedProblem as zhProblem } from '../zh/staged'

/** 分阶段时限: a limit of several stages, each due by itself. */
export const staged: typeof zhStaged = {
  due: 'Stage {n}/{of}', done: 'Stage {n} done', line: 'First stage {n} of {of} ({limit}): by {at}',
  how: 'The next stage runs on from then; all of it is still due {at}.',
}

export const stagedCommand: typeof zhCommand = { secure: 'This stage is done' }

export const stagedEvent: typeof zhEvent = { secured: '{bureau} finished a stage (such as fencing it off); the repair goes on' }

export const stagedProblem: typeof zhProblem = {
  'no-stage-open': { title: 'No earlier stage is open', hint: 'Only the last stage of its limit is left: rectify it.' },
}
