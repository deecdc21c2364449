/** The division of work: what is in force, and drafts tried with past issues. */
export const rules = {
  title: '派遣规则', lead: '谁牵头、谁配合，由这些规则决定。优先级高的先用，同级时条件多的先用；定不下来就转待派，不猜。', draft: '草稿与试派', search: '搜索规则、小类、单位或辖区',
  inForce: '现行', wasInForce: '曾用', since: '{at} 起，资料版本 {n}', asWritten: '原文', versions: '历次版本', unshown: '这份规则的写法不能在此列成表，请看原文。', otherwise: '其余问题',
  column: { name: '规则', when: '适用于', priority: '优先级', bureau: '单位', before: '原来', after: '按草稿', gained: '多出', lost: '减少', why: '依据' },
  criterion: { condition: '立案条件', category: '小类', class: '大类', area: '辖区', place: '场所', source: '来源', owner: '产权单位', duty: '包保单位' },
  symbol: { subdistrict: '所属街办', enforcement: '属地执法队', owner: '产权单位', duty: '包保单位', standard: '标准所列单位', claim: '谁认领谁牵头' },
  draftLead: '改好后先校验，再拿过去的问题试派，看清每个单位多了少了什么，最后发布。', sameVersion: '内容改了，版本名没有改。请换一个 version，否则不能发布。', lint: '校验', again: '恢复为现行规则', reallyAgain: '草稿会丢弃，恢复为现行规则。确定？', kept: '草稿已存在这台电脑上。', unchanged: '与现行规则相同。',
  dropHint: '或拖入一份规则文件（.toml）', showLine: '看第 {n} 行', line: '第 {n} 行', clean: '校验通过，没有发现问题', findings: '{errors} 处错误，{warnings} 处提醒', severity: { error: '错误', warning: '提醒' },
  try: '试派', tryLead: '不写入任何内容。未公开的暗访问题不参与。', against: '对照', published: '现行规则', happened: '当时实际派到的', day: { from: '上报自', to: '上报至', on: '假定立案日' },
  tried: '看了 {n} 件', sum: { same: '不变', changed: '换单位', newly_unrouted: '变成无人可派', newly_routed: '找到单位' }, more: '更早的没有看。', byBureau: '各单位的变化', byIssue: '逐件看', examples: '逐件看（{n} 件）', allBureaus: '全部单位',
  offers: '认领', offersLead: '规则定不下牵头单位时，挂出来请候选单位认领，先认领的牵头；暗访问题不挂出。', offerColumn: { candidates: '候选单位', within: '认领时间', others: '其余单位', otherwise: '无人认领' }, othersHelp: '配合', othersLeave: '退出', toDesk: '创城办派遣', offered: '按草稿挂出认领', nobody: '定不下单位的原因', issues: '{n} 件', idle: '没有用到的规则：{rules}', asTable: '列成表看',
  publish: '发布', publishLead: '发布即生效，还没人签收的未结案件随后重新归属；已签收的不动。', whatTouches: '看会触及哪些未结案件', reallyPublish: '确定发布，立即生效',
}
