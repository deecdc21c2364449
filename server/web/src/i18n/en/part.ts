import type { part as zhPart, partCommand as zhCommand, partEvent as zhEvent, partProblem as zhProblem } from '../zh/part'

/** The parts of bureaus that help. */
export const part: typeof zhPart = {
  title: 'Who helps', tally: '{done} of {n} done', own: 'Your bureau', photo: 'Photo of the part', helping: 'Helping: {state}',
  state: { asked: 'no sub-task yet', accepted: 'accepted', waiting: 'to accept', working: 'to do', done: 'done', released: 'released' },
  due: 'Due {at}', late: 'Overdue since {at}', acceptedAt: 'Accepted {at}', rework: 'Sent back {n} times',
  noLaterThan: 'May be left out; no later than {at}', noLimit: 'May be left out',
  acceptText: 'Your bureau will do its sub-task. The lead says that it is rectified once every sub-task is done, and all of it is verified together.',
  whose: 'Whose work is counted', as: { lead: 'Who leads', cooperating: 'Who helps' },
  howCounted: 'Those who help are counted apart: each sub-task by its own limit, handled when its bureau says it is done, closed when the whole is verified; what was released is not counted.',
}

/** Steps about parts, and what they ask for. */
export const partCommand: typeof zhCommand = {
  'set-task': 'Set a sub-task', 'accept-part': 'Accept our part', 'finish-part': 'Our part is done', 'release-part': 'Release a helper',
  helper: 'Cooperating bureau', task: 'Sub-task', ownLimit: 'Its own limit',
}

export const partEvent: typeof zhEvent = {
  sub_task_set: 'Sub-task set for {helper}', part_accepted: '{helper} accepted its part', part_done: '{helper} did its part', part_released: '{helper} was released from its part',
}

export const partProblem: typeof zhProblem = {
  'not-cooperating': { title: 'This bureau does not help', hint: 'Choose one that does; the office can dispatch anew.' },
  'part-accepted': { title: 'Accepted already', hint: 'Go on with the work.' },
  'part-not-accepted': { title: 'The part is not accepted', hint: 'Accept the part first.' },
  'part-not-owed': { title: 'No sub-task is open', hint: 'It is done or released: refresh.' },
  'part-due-past': { title: 'This limit is over', hint: 'Choose a time to come, or none.' },
  'part-due-after-issue': { title: 'Later than the issue itself', hint: 'Choose a time no later than the limit of the issue.' },
  'parts-owed': { title: 'Somebody who helps is not done', hint: 'Remind them, or ask the office to release them.' },
}
