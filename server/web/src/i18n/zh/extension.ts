/** 延期: a later limit, asked for by the lead bureau and decided on by two persons of the office. */
export const extension = {
  title: '延期', by: '申请单位', at: '申请时间', limit: '时限', why: '理由', level: '审批', first: '待初审', second: '{by}于 {at} 初审同意，待另一人终审',
  verdict: '延期审批', pass: '同意', fail: '不同意', note: '不同意的理由', noteMissing: '不同意请写明理由。',
  form: '盖章申请的照片', formNeeded: '再次延期，须附盖章申请的照片。', formLater: '首次延期可不附；再次延期须附。', now: '现行时限 {at}',
  asked: '申请延至 {at}', endorsed: '初审同意：{by}，{at}', granted: '终审同意：{by}，{at}', refused: '不同意：{by}，{at}', waiting: '待审批', lapsed: '未审批，已随案件流转失效',
}
