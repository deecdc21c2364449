/** The clock of an issue, explained. */
export const clock = {
  title: '时限与用时', limit: '处置时限：{limit}', stop: '。', fromTo: '自首次派遣 {from} 起算，至 {to} 止；改派不重新起算。', notYet: '尚未派遣，时限还没有起算。', moved: '首次时限为 {at}，后有调整。',
  counting: { urgent: '紧急时限连续计算，夜间和节假日照计。', working: '只计工作日的办公时间，下班和节假日不计。', workdays: '只计工作日，节假日不计，调休上班日照计。', days: '按自然日连续计算。' },
  waiting: { filing: '等待立案', dispatching: '等待派遣', accepting: '等待签收', working: '处置中', verifying: '等待核查', reworking: '等待返工', settling: '退回，等待重新派遣', standing: '缓办或挂账' },
  who: { office: '创城办', verifier: '核查人员' }, since: '{from} 至今', runs: '计入处置用时', stands: '不计入', ran: '处置用时合计 {span}（按钟表时间）',
}

/** Why an issue went where it did. */
export const route = {
  title: '派遣与依据', how: '怎么定的', because: '符合条件', version: '规则版本', inWords: '完整说明', met: '{criterion}：{value}', desk: '人工派遣：{reason}',
  kind: { rule: '按规则“{rules}”派遣', no_rule: '没有适用的规则，等待人工派遣', tie: '规则“{rules}”并列，等待人工派遣', unresolved: '规则“{rules}”要求的责任单位在此处查不到，等待人工派遣', blind: '暗访问题，公开前不派遣', offer: '找不到牵头单位，按认领规则“{rules}”请候选单位认领', unclaimed: '候选单位都没有认领，等待人工派遣' },
  criterion: { condition: '立案条件', category: '小类', class: '大类', area: '辖区', place: '场所', source: '来源', owner: '产权单位', duty: '包保' },
  place: { back_street: '背街小巷', compound: '小区', main_road: '主次干道' },
}
