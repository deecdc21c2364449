/** The list to work from. */
export const work = {
  tabs: '常用视图', tab: { all: '全部待办', claim: '待认领', accept: '待签收', working: '处置中', tonight: '今晚到期', overdue: '已超期', helping: '协办', checked: '待核查' },
  mark: { tonight: '今晚到期', returnable: '可退回还剩 {span}', asking: '申请待审', extended: '已延期', drafts: '有外部草稿', claimable: '认领还剩 {span}' },
  hearing: { live: '实时更新', polling: '每隔片刻更新', off: '未连接' },
  filters: '筛选', filtersSet: '筛选 {n}', anyCategory: '全部小类', sort: '排序', byDue: '时限最近在前', byNewest: '最新在前',
  narrowed: { bureau: '单位：{value}', lead: '牵头：{value}', owes_part: '协办待完成：{value}', band: '周边：{value}', new_since: '{value} 以来新增', returned: '已退回', category: '小类：{value}', area: '辖区：{value}', point: '点位：{value}', bbox: '地图范围', due_before: '时限早于 {value}', due_after: '时限不早于 {value}', unrouted: '未定责任单位', offered: '待认领', offered_to: '待认领：{value}', self_handled: '自处置' }, takeOff: '取消这个条件',
  tick: '选择问题 {id}', tickAll: '全选已显示的问题', selected: '已选 {n} 件', clearSelection: '取消选择', left: '已不在此列表，刷新后移走',
  acceptN: '签收 {n} 件', returnN: '退回 {n} 件', passOn: '复制转办', printSelected: '打印所选', confirmN: '{word} {n} 件',
  bulkTitle: '{word} {n} 件问题', skipped: '另有 {n} 件不在可办环节或非本单位牵头，不会提交。', eachAlone: '逐件提交，一件不成不影响其他。',
  bulkRunning: '正在{word}：{n}/{total}', bulkDone: '{word}完成：{done} 件全部成功', bulkPartly: '{word}：成功 {done} 件，未成 {failed} 件', sendAgain: '再次提交 {n} 件',
  newer: '{n} 件新问题，点击显示', tally: '共 {n} 件，{order}', tallyMore: '已显示 {n} 件，{order}',
  passOnHead: '请尽快处置以下 {n} 件：', passOnDue: '时限 {at}', passOnComma: '，', passedOn: '已复制 {n} 件，可粘贴到工作群。', notPassedOn: '没有复制成功，请手工选中后复制。',
  print: '打印', printedAt: '打印于 {at}', help: '键盘操作', save: '导出', saveXlsx: '导出 Excel', saveCsv: '导出 CSV', saving: '正在导出…', file: '问题清单',
  keys: { title: '键盘操作', next: '下一件', previous: '上一件', toggle: '选择或取消', accept: '签收（所选，或当前这件）', giveBack: '退回（所选，或当前这件）', open: '打开当前这件', search: '搜索', fresh: '显示新问题', clear: '取消选择', help: '本帮助' },
}
