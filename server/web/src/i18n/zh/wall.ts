/** The wallboard 挂图作战. */
export const wall = {
  title: '创城挂图作战', today: '{month}月{day}日 {weekday}',
  reported: '今日新增', closed: '今日结案', open: '未结', overdue: '已超期', dueToday: '今日到期', waiting: '待核查', unrouted: '待派', returned: '退回待派',
  areas: '各辖区结案率（近 {n} 天）', area: '辖区', rate: '结案率', onTime: '按期', all: '全区', spot: '未结较多的点位',
  asOf: '数据截至 {at}', lost: '连接中断，正在重连。数据截至 {at}', noData: '连不上服务器，正在重连…',
  light: { auto: '日夜：自动', day: '日夜：白天', night: '日夜：夜间' }, fullScreen: '全屏', leave: '退出',
}
