/** 迎检时限: shorter limits for a time. */
export const limitPeriod = {
  title: '迎检时限', lead: '在一段时间内缩短处置时限：其间派遣的按短时限计，未办结的也可以一并缩短。没有单位会因此当场超期。',
  add: '新设一段', edit: '修改', end: '提前结束', withdraw: '撤销', none: '还没有设过迎检时限。', noneHint: '测评、检查之前，可以在这里把一段时间内的处置时限缩短，先试算，再启用。',
  newTitle: '新设迎检时限', editTitle: '修改“{name}”', name: '名称', namePlaceholder: '如：省级测评迎检', from: '起', until: '止', categories: '小类', all: '全部', allHint: '不选即全部', bureaus: '牵头单位',
  how: '时限缩短为', percent: '按比例', percentLabel: '原时限的百分之几（1–99，按阶段向上取整）', limit: '统一时限', limitLabel: '统一时限', percentSays: '原时限的 {n}%', limitHint: '如 2工作时、1工作日、2紧急工作时+3工作日',
  openToo: '未办结的也缩短：从启用时（未开始的从开始时）起算，到期更早的才改', openTooSays: '未办结的一并缩短', newOnly: '只对其间派遣的',
  preview: '试算', previewSays: '未办结 {all} 件，其中 {n} 件的时限将提前。没有一件会当场超期。', previewNone: '未办结 {all} 件，时限都不变。', examples: '其中前 {n} 件：', noLimit: '无时限', save: '启用', saved: '已启用，{n} 件未办结问题的时限正在提前。',
  sureEnd: '现在结束“{name}”？此后派遣的按原时限；已经缩短的不再放宽。', sureWithdraw: '撤销“{name}”？到时不再缩短时限。', ended: '已结束。此后派遣的按原时限。', withdrew: '已撤销。',
  withdrawn: '已撤销', now: '进行中', over: '已结束', ahead: '未开始', when: '时间', shorter: '缩短为', forWhat: '适用', history: '历次改动', missing: '请写名称、起止时间和缩短办法。', wrongOrder: '结束时间要晚于开始时间。',
}

export const limitPeriodProblem = {
  'limit-period-invalid': { title: '迎检时限填得不对', hint: '请检查名称（不超过 60 字）、起止时间，以及比例（1–99）或时限的写法，如 2工作时。' },
}
