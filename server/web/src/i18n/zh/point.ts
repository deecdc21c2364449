/** The list of points, and one point's page. */
export const point = {
  title: '固定点位', find: '名称、拼音首字母或编号', anyKind: '全部类别', name: '点位', area: '所在辖区', radius: '周边范围', open: '未结', openWithin: '未结问题',
  metres: '{n} 米', count: '{n} 个点位', counting: '正在统计…', atLeast: '{n}+', sortOpen: '按未结多少', sortCode: '按编号',
  empty: '没有符合条件的点位', emptyHint: '换一个名称或类别再试。', clear: '清除条件', back: '全部点位', map: '点位分布', notFound: '没有这个点位', notFoundHint: '编号可能有误，或点位已经撤销。',
  facts: '{kind} · 周边 {n} 米', total: '未结 {open} 件，累计 {total} 件', seeOpen: '查看未结问题', seeAll: '全部问题',
  bandTitle: '各圈层未结', bandOpen: '未结 {n} 件', bandTotal: '累计 {n} 件', band: { core: '核心圈', near: '近圈', wide: '外围圈' }, reach: '{from}–{to} 米',
  categories: '未结问题的小类', noneOpen: '周边没有未结问题。', noneOpenHint: '新的上报会自动出现在这里。',
  places: '周边的背街小巷和小区', streets: '背街小巷（{n}）', compounds: '小区（{n}）', noPlaces: '周边范围内没有登记的背街小巷和小区。', beside: '未结 {n}', away: '{n} 米', onSpot: '相邻', showOnMap: '在地图上看', managed: '有物业', unmanaged: '无物业',
  zones: '疏导点', duties: '包保责任', noDuties: '没有登记包保责任。',
  duty: { site_head: '点位长', road_head: '路长', street_head: '街长', lane_head: '巷长', building_head: '楼长', supporting_unit: '包保单位', grid_worker: '网格员' },
  legend: { late: '已超期', soon: '2 小时内到期', open: '处置中', check: '待核查' }, openIssue: '打开问题', cluster: '{n} 个问题，放大查看', sameSpot: '这里有 {n} 个问题',
}
