/** The console's navigation. */
export const nav = {
  label: '导航', open: '打开导航', handheld: '手持端',
  group: { work: '办理', place: '地图', figures: '数据', setup: '管理' },
  figures: '结案情况', issues: '问题',
}
