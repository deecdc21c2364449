/** 核查: who looks again, how and why; and how long the office takes. */
export const verification = {
  title: '核查与时效', lead: '整改报来后由他人核查：要紧的到现场，其余按比例抽查，未抽中的由创城办看照片核查。',
  way: { on_site: '现场核查', desk: '案头核查', video: '视频核查' }, how: '核查方式', howDesk: '按规则须到现场核查；案头只能判不通过。',
  ways: '待核查', all: '全部', why: '为什么要查',
  because: {
    every: '要紧的问题逐件到现场核查。', rework: '上次核查未通过，须再到现场看。', contradicted: '又有人上报同一问题，须到现场看。',
    drawn: '抽查抽中：比例 {percent}%，抽签号 {number}，小于 {below} 即抽中。', left_out: '抽查未抽中：比例 {percent}%，抽签号 {number}，由创城办看照片核查。',
    drawnDesk: '自处置抽查抽中：比例 {percent}%，抽签号 {number}，由创城办看照片核查。',
  },
  raised: '该单位 {issue} 号抽查未通过，抽查比例提高，还剩 {left} 件。',
  chance: '抽签可复算', chanceHow: '对“{seed}/{of}/报来时刻（1970 年以来的微秒数）”取 SHA-256，前 8 字节除以 10000 的余数即抽签号。',
  waitingSince: '{at} 报来', dueBy: '应于 {at} 前核查', late: '已超时', nobody: '无人领取', has: '{name}，至 {until}', handed: '指派给 {name}，至 {until}', selfHandled: '自处置', rework: '返工 {n} 次', noLead: '无责任单位',
  hand: '指派', handTitle: '{id} 号指派给谁核查', inspector: '巡查员', inHand: '{name}，手上 {n} 件', confirm: '确定指派', free: '收回', look: '去核查', none: '没有可指派的巡查员：该片区没有巡查员，或都参与过整改。',
  empty: { on_site: '没有待现场核查的问题。', desk: '没有待案头核查的问题。' }, taken: '{n} 件已有人领取', more: '加载更多',
  rules: '抽查规则', ruleLow: '时限 {days} 天以上的为低风险，抽 {percent}% 到现场；其余逐件到现场。', ruleNone: '逐件到现场核查。', ruleSelf: '自处置抽 {percent}%，由创城办看照片。', ruleRaised: '单位有一件未通过，接下来 {next} 件按 {percent}% 抽。', ruleHold: '领取后保留 {hours} 小时，过时自动放回；过时后报来的结果仍然有效。', ruleSeed: '抽签种子：{seed}',
  clocks: '创城办办理时效', clocksLead: '近 30 天，只计工作时间；按岗位统计，不统计个人。', step: { filing: '上报至受理', dispatch: '立案至派遣', verification: '报来至核查' }, limit: '时限 {n} 工作时', onTime: '按时率', counts: '按时 {numerator} / 应计 {denominator}',
  median: '半数在', p90: '九成在', within: '{time} 内', waiting: '正在等 {n} 件', waitingLate: '其中超时 {n} 件', minutes: '{n} 分钟', hours: '{n} 工作时', noneYet: '期内没有办结的。', byRole: '按岗位', byWay: '按方式',
  role: { office: '创城办', inspector: '巡查员', supervisor: '督导员', system: '系统', bureau: '责任单位', admin: '管理员' }, share: '{of} {n} 件',
  overdue: '等得太久', overdueLead: '已超过办理时限、还没有办的，最久的在前。', overdueNone: '没有超时未办的。', waitsFor: '{step}，{at} 起', shouldBe: '应于 {at} 前',
  field: {
    take: '我去核查', taken: '已领取，{until} 前由您核查', handed: '指派给您，请在 {until} 前核查', back: '不去了，放回', others: '别人已领取', lapsed: '领取已过时，现在核查仍然有效。', offline: '没有网络，不能领取；可以直接去核查，结果照样算数。', failed: '没有领到：{why}', desk: '创城办看照片核查，不用到现场。',
  },
}
