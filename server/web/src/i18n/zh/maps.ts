/** Maps: picking a place, points and their surroundings, the wallboard. */
export const maps = {
  label: '地图：辖区、点位及其周边范围', zoomIn: '放大', zoomOut: '缩小', compass: '朝北', twoFingers: '用两指移动地图',
  noWebgl: '此浏览器不支持 WebGL，显示不了地图。可以按名称查找位置。', failed: '地图没有显示出来，请重新打开。', loading: '正在加载地图…',
  found: { point: '点位', back_street: '背街小巷', compound: '小区', site: '场所', area: '辖区', permitted_zone: '疏导点' },
  find: '查找街巷、小区、点位', findHint: '输入名称或拼音首字母，如 ybx', findNone: '没有找到“{text}”', findCount: '{n} 个结果', clear: '清除',
  pick: '选择位置', pickHint: '点一下地图，或拖动图钉。', pickKeys: '图钉：方向键移动 5 米，按住 Shift 移动 50 米', pin: '图钉',
  nothingPicked: '还没有选位置', byDevice: '手机定位', byHand: '手动选定', bySearch: '按名称选定',
  accuracy: '误差约 {n} 米', backToDevice: '回到手机定位', whole: '看全区', moved: '离手机定位 {n} 米',
  kilometres: '{n} 公里',
  band: { core: '500 米内', near: '1 公里内', wide: '2 公里内' },
  near: '{name}旁 {n} 米', inside: '{name}', outside: '不在辖区范围内',
  day: ['周一', '周二', '周三', '周四', '周五', '周六', '周日'], dayRun: '{from}至{to}', dayComma: '、', daily: '每天', nextDay: '次日 {at}',
  openAlways: '全天开放', closed: '未开放', openUntil: '开放中，至 {at}', closedUntil: '未开放，{day} {at} 开放',
}
