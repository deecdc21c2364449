/** The handheld's shell and its outbox. */
export const field = {
  tab: { home: '首页', map: '地图', tasks: '任务', mine: '我的' },
  tabs: '主菜单', back: '返回',
  offline: '没有网络，拍的照片和填的内容都存在手机里',
  update: { ready: '新版本已下载好', take: '立即更新', waits: '新版本已下载好，等 {n} 件内容发完再更新' },
  report: '随手上报', reportHint: '拍照即报',
  home: { greeting: '{name}，您好', outbox: '待发送', nothing: '没有待发送的内容，都已交到', tasks: '待核查 {n} 件' },
  mine: {
    title: '我的', account: '账号与密码', type: '字号', normal: '标准', large: '大字', language: '语言', storage: '本机存储', outbox: '待发箱', signOut: '退出登录', console: '打开电脑版',
    leaveTitle: '还有 {n} 件没有发出', leaveText: '退出后这些内容仍存在本机，只等您本人下次登录后再发，别人看不到。', leave: '仍然退出', stay: '先不退出',
  },
  outbox: {
    title: '待发箱', empty: '没有待发送的内容', emptyHint: '上报先存在手机里，有信号时自动发出，这里看进度。',
    pause: '暂停', resume: '继续', retry: '再发一次', discard: '删除', without: '不带缺失的照片发出', mend: '改好再报', discardAsk: '删除后无法找回，确定删除？', all: '全部重试',
    others: '本机另存有其他账号的 {n} 件未发内容，等其本人登录后再发。',
    kind: { report: '上报', count: '计数', suggestion: '投诉建议', command: '核查' },
    state: { draft: '草稿', waiting: '等待发送', sending: '正在发送', paused: '已暂停', refused: '未被接收', done: '已交单，无需再管' },
    photos: '照片 {sent}/{total}', photo: '照片 {n}', next: '{span}后重试',
  },
  tasks: { title: '任务', verify: '待核查', empty: '没有待核查的问题', emptyHint: '有单位报来整改后，会列在这里。' },
  map: { title: '地图', points: '附近点位', empty: '外业包里还没有点位' },
  pack: { fetched: '外业包 {time}', none: '还没有下载外业包', refresh: '更新外业包', refreshing: '正在更新…', failed: '外业包没有更新成功，仍用手机里的。' },
  room: { used: '已用 {used}，可用 {quota}', kept: '系统不会自动清理本机内容', notKept: '存储紧张时系统可能清理本机内容，请尽早发出', ask: '请求长期保存', full: '手机存储已满，内容没有存下。请清理手机空间后再试，先不要关闭本页。' },
}
