/** The morning meeting: figures, slide show, brief, picture for the chat group. */
export const morning = {
  title: '晨会', at: '{at} 的情况，新增自 {since} 起计', ways: '会上用的', slides: '曝光', brief: '例会简报', picture: '群发长图',
  figure: { new: '新增', due_today: '今日到期', overdue: '超期', unrouted: '待派', returned: '退回', rectified_waiting: '待核查' },
  byBureau: '各责任单位', bureau: '牵头单位', byPoint: '各点位周边', point: '点位', nobody: '尚无责任单位', everybody: '全区', nothing: '现在没有要说的。', all: '显示全部 {n} 行', total: '共 {n} 件',
  exposed: '曝光 {n} 件', slidesTitle: '问题曝光', nothingExposed: '没有超期且有照片的问题。', unit: '责任单位', fill: '全屏', notLoaded: '没有加载成功，请检查网络后重试。',
  evaluationIn: '距测评', evaluationToday: '今天测评', days: '天', setDay: '设测评日', changeDay: '改测评日', dayTitle: '测评日', dayOn: '测评从哪一天开始', dayHow: '晨会、简报、曝光、长图和挂图从今天起倒计时；还没有定下来就清除。', saveDay: '保存', clearDay: '清除测评日', noDay: '请选一个日期。',
  briefTitle: '创城工作例会简报', print: '打印',
  download: '下载图片', pictureHow: '发群前请核对照片中有无人脸、车牌。', notDrawn: '图片没有生成。', scan: '扫码查看每个数字背后的问题（须登录）',
}
