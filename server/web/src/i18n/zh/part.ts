/** 协办: the parts of bureaus that help. */
export const part = {
  title: '协办单位', tally: '已完成 {done}/{n}', own: '本单位', photo: '协办照片', helping: '协办·{state}',
  state: { asked: '未安排子任务', accepted: '已签收', waiting: '待签收', working: '待完成', done: '已完成', released: '已免除' },
  due: '限 {at} 前完成', late: '已超子时限 {at}', acceptedAt: '{at} 签收', rework: '退回重做 {n} 次',
  noLaterThan: '可不填；不得晚于牵头时限 {at}', noLimit: '可不填',
  acceptText: '确认由本单位完成所分的子任务。全部子任务完成后，牵头单位才能提交整改，一并核查。',
  whose: '统计谁的办理', as: { lead: '牵头', cooperating: '协办' },
  howCounted: '协办单独统计：每个子任务按自己的时限计入该单位，处置看它提交完成的时间，结案看整件核查通过的时间；被免除的不计。',
}

/** Steps about parts, and what they ask for. */
export const partCommand = {
  'set-task': '安排子任务', 'accept-part': '协办签收', 'finish-part': '协办完成', 'release-part': '免除协办',
  helper: '协办单位', task: '子任务', ownLimit: '子时限',
}

export const partEvent = {
  sub_task_set: '安排{helper}的子任务', part_accepted: '{helper}协办签收', part_done: '{helper}协办完成', part_released: '免除{helper}的协办任务',
}

export const partProblem = {
  'not-cooperating': { title: '该单位不是协办单位', hint: '请选择协办单位；需要增加的，由创城办改派。' },
  'part-accepted': { title: '已经签收过', hint: '请继续办理。' },
  'part-not-accepted': { title: '还没有协办签收', hint: '请先协办签收。' },
  'part-not-owed': { title: '没有待完成的子任务', hint: '可能已完成或已免除，请刷新。' },
  'part-due-past': { title: '子时限已经过去', hint: '请选择以后的时间，或不填。' },
  'part-due-after-issue': { title: '子时限晚于牵头时限', hint: '请选择不晚于牵头时限的时间。' },
  'parts-owed': { title: '还有协办单位没有完成', hint: '请催办，或请创城办免除后再提交整改。' },
}
