/** Counts of what goes by. */
export const counts = {
  title: '计数观测', lead: '看见多少、做对多少，只计数，不记人。', period: '时段', days: '近 {n} 天', empty: '这段时间没有计数。', sums: '按内容和地点合计', each: '逐次', noPlace: '地点不详', times: '{n} 次',
}

/** What people say about the system, and what is answered. */
export const suggestions = {
  title: '投诉建议', lead: '使用系统的人提出的意见；答复后本人可以看到。', state: { open: '待答复', answered: '已答复' }, empty: { open: '没有等待答复的意见。', answered: '还没有答复过。' },
  answer: '答复', how: '写明怎么办、何时办好', answered: '{at} 答复', sent: '已答复，本人可以看到。',
}
