/** 分阶段时限: a limit of several stages, each due by itself. */
export const staged = {
  due: '第 {n}/{of} 阶段', done: '第 {n} 阶段完成', line: '先完成第 {n}/{of} 阶段（{limit}）：{at} 止',
  how: '提交后，下一阶段继续计时；全部整改的时限仍为 {at}。',
}

export const stagedCommand = { secure: '完成本阶段' }

export const stagedEvent = { secured: '{bureau}完成一个阶段（如围挡、警示），继续整改' }

export const stagedProblem = {
  'no-stage-open': { title: '没有待完成的前期阶段', hint: '这个问题的时限只剩最后一个阶段，完成后请直接提交整改。' },
}
