/** 时限是怎么算的: every stretch of time on the way to a limit. */
export const limit = {
  how: '时限是怎么算的', loading: '正在计算……', stage: '第 {n} 阶段：{limit}', ends: '{at} 止', counts: '计入', not: '不计', provisional: '暂定',
  waits: '{year} 年放假安排尚未公布：暂按没有假日推算，公布后系统自动重新计算。', changes: '时限的变化', version: '按第 {n} 版基础资料计算', segment: '时段', whole: '一句话说明',
}
