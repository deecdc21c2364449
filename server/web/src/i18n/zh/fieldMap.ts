/** The handheld's map. */
export const fieldMap = {
  legend: '图例', locate: '我的位置', here: '我的位置', zone: '疏导点', zoneOpen: '疏导点（开放中）', issues: '{n} 个问题', inPack: '只计您外业包里的未结问题。',
  permits: '开放时间内允许：{what}', reportHere: '在这里上报', noPack: '地图来自外业包，手机里还没有。有网络时下载一次，之后没有网络也能看。',
  locating: '正在定位…', denied: '没有定位权限。请在系统设置里允许使用位置。', unavailable: '没有取得位置，到开阔处再试。',
}
