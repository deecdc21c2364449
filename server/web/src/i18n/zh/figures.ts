/** Closure figures. */
export const figures = {
  title: '结案情况', own: '本单位结案情况', period: '统计期', periods: { today: '今日', week: '近 7 天', days30: '近 30 天', month: '本月', lastMonth: '上月' },
  fromTo: '统计期 {from} 至 {to}', asOf: '，{at} 计算，截至第 {n} 号记录；百分比四舍五入保留两位',
  due: '应结案', handled: '已处置', handled_on_time: '按期处置', closed: '已结案', closed_on_time: '按期结案', open: '未结案', rework: '返工', extended: '延期',
  close_rate: '结案率', on_time_close_rate: '按期结案率', handle_rate: '处置率', on_time_handle_rate: '按期处置率', rework_rate: '返工率', extension_rate: '延期率',
  nothing: '本期没有应结案件', total: '合计', none: '未定', table: '分项', breakdown: '分项方式', by: { bureau: '责任单位', subdistrict: '街道', community: '社区', point: '点位' },
  trend: '走势', trendLabel: '各时段应结案、已结案件数与按期结案率', related: '相关清单与口径', limitInPeriod: '时限在统计期内的问题', overdueNow: '现在已超期的问题', inRework: '正在返工的问题',
  howDue: '应结案：时限不晚于统计期末、统计期前未结案的问题（超期未结的每期都计入），加上时限未到、在本期提前结案的；作废的不计。',
  howHandled: '处置看责任单位：以核查通过的那次整改到达时间为准，等待核查的时间不计；结案看核查通过的时间。两套比率分别列出。',
}
