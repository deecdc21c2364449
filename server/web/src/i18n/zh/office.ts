/** What the pages of the creation office share. */
export const office = {
  nav: { desk: '来件录入', triage: '案件受理' },
  removeBureau: '移除{name}', bureauHow: '输入单位名称或拼音首字母',
  condition: '小类与立案条件', conditionHow: '输入词语、拼音首字母或代码，如 bllj', nothing: '没有找到', limit: '时限 {limit}', noLimit: '无时限', change: '改选', whichCondition: '选择立案条件',
}

/** The desk: what comes by chat or telephone becomes a report. */
export const desk = {
  title: '来件录入', lead: '群里的截图、来电和交办，粘贴、定位、交单。',
  photos: '截图或照片', photo: '图片 {n}', removePhoto: '移除图片 {n}', paste: '粘贴截图', drop: '也可以把照片拖到这里', choose: '选择图片', more: '再加图片',
  place: '地点', condition: '问题', conditionLater: '拿不准可以不选，留待立案时定', note: '描述', noteHow: '看到什么、谁反映的；没有选图时必填', source: '来源',
  fileAtOnce: '选好条件，收到后直接立案派遣；不勾选则先核实', handInAndFile: '交单并立案',
  handIn: '交单', lack: { evidence: '请粘贴截图，或写下描述。', place: '请选地点：输入街巷、小区、点位的名称，或在地图上点一下。' },
  sent: '刚才交的', tally: '本次已交 {n} 件', none: '交单后在这里看到编号和去向。', waiting: '已存好，等待发送，图片 {n} 张', lineDown: '已交的都存在本机，连上后自动发送。',
  refused: '没有收下：{why}', begun: '写了一半，{at}，图片 {n} 张', goOn: '继续写', discard: '丢弃', joined: '并入已有问题', photosOnly: '只有图片',
  unkept: '此浏览器不能在本机保存草稿，刷新页面会丢失没有交的内容。',
}

/** Triage: what waits for the office to decide. */
export const triage = {
  title: '案件受理', queues: '待办队列', queue: { reported: '待立案', unrouted: '待派遣', offered: '待认领', returned: '退回', request: '申请审批', self_handled: '自处置抽查' }, waiting: '队列中的问题', noNote: '没有描述',
  empty: { reported: '没有等待立案的上报', unrouted: '没有等待派遣的问题', offered: '没有等待认领的问题', returned: '没有被退回的问题', request: '没有等待审批的申请', self_handled: '没有等待抽查的自处置' },
  previous: '上一件', next: '下一件', steps: '逐件办理', at: '第 {n} 件，共 {total} 件', last: '刚办：', keysMove: '上下移动', keysOffer: '选用建议', keysAct: '办理',
  suggested: '建议的小类', goesTo: '将派给', nobody: '找不到责任单位，转人工派遣', offers: '挂出，请候选单位认领', near: '附近未结案的问题，是不是同一件？', noneNear: '附近没有未结案的问题。', sameFamily: '同类', mergeInto: '是同一件，并入它', photoOf: '问题 {id} 的照片',
  releaseFirst: '暗访问题先公开，才能派遣。', notYours: '现在没有可办的事项。', reasons: { byDuty: '按职责分工', localFirst: '属地先行处置', byOwner: '产权单位负责', agreed: '已协商确定' },
}
