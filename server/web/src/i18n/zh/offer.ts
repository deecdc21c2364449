/** 认领: what has no bureau is offered to those who may own it. */
export const offer = {
  title: '待认领', left: '还剩 {span}', until: '{at} 前认领有效', over: '认领时间已到，正在转交', whom: '候选单位', own: '本单位',
  asked: '未表态', declined: '不认领', declinedAt: '{at} 不认领',
  first: '先认领的单位牵头，认领即签收；', help: '其余候选单位留下配合。', leave: '其余候选单位退出。',
  otherwise: '到时无人认领，由{bureau}负责。', desk: '到时无人认领，由创城办派遣。', byDesk: '创城办：{reason}',
  claimText: '确认这是本单位的，由本单位牵头处置。认领即签收，时限从现在起算；其他候选单位随即停止认领。',
  declineText: '说明为什么不是本单位的。认领时间内仍可改为认领；全部候选单位都不认领的，立即转交。',
  offerText: '请可能的产权单位认领，先认领的牵头。期间只计创城办的派遣时效；直接派遣即收回。',
  hour: '工作时', urgent: '紧急工作时', day: '工作日', kept: '其余留下配合', gone: '其余退出',
}

/** Steps about offers, and what they ask for. */
export const offerCommand = {
  offer: '挂出认领', claim: '认领', 'decline-claim': '不认领', candidates: '候选单位', withinAmount: '认领时间', othersHelp: '有人认领后，其余单位',
}

export const offerEvent = {
  offered: '挂出认领，{until} 前有效', claimed: '{helper}认领', claim_declined: '{helper}不认领', offer_lapsed: '到期无人认领', offer_declined: '候选单位都不认领',
  offeredTo: '候选单位：{bureaus}', lapsedAt: '认领截止 {at}',
}

export const offerProblem = {
  'not-offered': { title: '这个问题没有挂出认领', hint: '请刷新；应由本单位办理的，请告知创城办。' },
  'not-candidate': { title: '本单位不在候选单位之列', hint: '确属本单位的，请告知创城办。' },
  'offer-over': { title: '已被其他单位认领，或认领时间已过', hint: '不必再办；确属本单位的，请告知创城办。' },
  'claim-declined': { title: '本单位已经表示不认领', hint: '看过以后确属本单位的，可以改为认领。' },
  'offered-already': { title: '已经挂出认领', hint: '请等认领时间到，或直接派遣，派遣即收回。' },
  'candidates-wrong': { title: '候选单位的数目不对', hint: '请选 1 至 20 个可能的产权单位。' },
  'within-invalid': { title: '认领时间不对', hint: '请填整数，最长 30 天。' },
}
