/** 申请: a later limit 延期, a deferral 缓办, shelving 挂账; decided on by two persons of the office. */
export const request = {
  title: '延期、缓办、挂账', by: '申请单位', office: '创城办', at: '申请时间', limit: '时限', why: '理由', level: '审批', first: '待初审', second: '{by}于 {at} 初审同意，待另一人终审',
  verdict: '申请审批', pass: '同意', fail: '不同意', note: '不同意的理由', noteMissing: '不同意请写明理由。',
  kind: { extension: '延期', deferral: '缓办', shelving: '挂账' }, deferral: '缓办至', cost: '所需资金', yuan: '{n} 元', what: '申请事项',
  form: '盖章申请的照片', formNeeded: '再次延期，须附盖章申请的照片。', formLater: '首次延期可不附；再次延期须附。', formAlways: '挂账须附盖章申请的照片。', now: '现行时限 {at}',
  asked: { extension: '申请延至 {at}', deferral: '申请缓办至 {at}', shelving: '申请挂账，需 {cost}' }, ordered: { extension: '延至 {at}', deferral: '创城办提出缓办至 {at}', shelving: '创城办提出挂账，需 {cost}' },
  endorsed: '初审同意：{by}，{at}', granted: '终审同意：{by}，{at}', refused: '不同意：{by}，{at}', waiting: '待审批', lapsed: '未审批，已随案件流转失效',
}

/** 缓办 and 挂账: an issue whose clock stands still. */
export const suspension = {
  title: '缓办挂账', lead: '缓办到期自动恢复；挂账每月复核，能办即恢复。计时停止，恢复后剩余时限照旧。', kind: { shelved: '挂账', deferred: '缓办' }, view: '类别',
  empty: { shelved: '没有挂账的问题。', deferred: '没有缓办的问题。' }, total: '共 {n} 件', cost: '所需资金合计 {cost}', late: '{n} 件逾期未复核', due: '{n} 件今日恢复',
  stopped: '{at} 起停止计时', until: '缓办至 {at}', untilShort: '{at} 恢复', reviewBy: '{at} 前复核', reviewLate: '逾期未复核，应于 {at} 前', reviews: '已复核 {n} 次', never: '尚未复核',
  standing: { deferred: '缓办中', shelved: '挂账中' }, left: '恢复时剩余时限不变', reviewed: '复核：{by}，{at}', more: '加载更多', column: '缓办挂账',
  howCounted: '缓办、挂账的问题按停止计时那时的时限列入，并在该期扣除一次，不计入应结案；恢复后按新时限计入。停止计时前已超期的，此前各期照计。',
  resumeHow: '恢复后照原阶段继续办理，时限按停止计时时的剩余时间顺延。', reviewHow: '现场或资金情况有变、可以办理的，请选“恢复办理”。',
}
