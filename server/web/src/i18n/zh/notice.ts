/** 通知 and the channels they leave by. */
export const notice = {
  title: '通知', lead: '派给本单位、退回、返工、临期、超期、督办卡……发生后几秒内到这里。', bell: '通知，{n} 条未读', topic: '类型', all: '全部类型',
  none: '还没有通知。', noneOfTopic: '这一类还没有通知。', readAll: '全部已读（{n}）', unread: '未读', due: '时限 {at}', cardDraft: '督办卡（拟稿 {id}）',
  topics: {
    dispatched: '新派遣', offered: '待认领', helping: '协办', sub_task_set: '子任务', part_done: '协办完成', failed: '核查未通过', disputed: '整改后又有上报', raised: '情形加重', answered: '申请已答复', limit_changed: '时限变动',
    draft_sent: '收到草稿', due_soon: '即将到期', overdue: '已超期', card_delivered: '督办卡送达', card_settled: '督办卡办结', unrouted: '无责任单位', returned: '退回', asked: '申请待批', card_drafted: '督办卡待签发', card_replied: '督办卡已回复',
  },
}

export const channel = {
  title: '通知渠道', lead: '通知除了在页面里，还可以发到单位自己的系统、企业微信群、钉钉群和邮箱。发不出去会自动重试，期间的新通知合成一条。',
  add: '新设渠道', edit: '修改', remove: '删除', test: '发测试消息', show: '发送记录', save: '保存', saved: '已保存。此后发生的通知会发过去。', retry: '再发一次',
  none: '还没有通知渠道。', noneHint: '新设一个，把通知发到单位的群机器人、系统或邮箱。', askAdmin: '通知渠道由系统管理员设置。',
  newTitle: '新设渠道', editTitle: '修改“{name}”', name: '名称', namePlaceholder: '如：环卫中心值班群', kindLabel: '发到哪里', audience: '谁的通知', address: '地址', url: '地址（机器人设置页里给出的整条）', mailbox: '邮箱',
  keepHint: '不填则不变', originsHint: '只能发到：{origins}。要加别的服务器，请运维在设置 [notices] origins 里添加。', noMail: '没有设置发信服务器，暂不能发邮件。',
  secret: '签名密钥', secretHint: 'whsec_ 加 24 至 64 字节的 Base64；换地址时要重填', sign: '加签密钥', signHint: '机器人安全设置里以 SEC 开头的；没有加签则不填',
  topics: '通知类型', topicsHint: '不选即全部', gather: '合并发送', gatherHint: '攒几分钟发一条，0 为立即，最多 1440', gatherSays: '每 {n} 分钟一条', atOnce: '立即', language: '语言', enabled: '启用', tried: '最近发送', never: '还没有发过',
  kind: { webhook: '单位系统（签名回调）', wecom: '企业微信机器人', dingtalk: '钉钉机器人', mail: '邮箱' },
  state: { on: '正常', waiting: '{n} 条待重试', dead: '{n} 条未能送达', off: '已停用' },
  message: { waiting: '待重试', sent: '已送达', dead: '未能送达' }, messageSays: '{n} 条通知，{at} 生成，试了 {times} 次', next: '，{at} 再试', noMessages: '还没有发过。',
  failure: { answered: '对方回答 {status}', slow: '对方没有按时回答', notFound: '找不到对方的服务器', notReached: '连不上对方的服务器', other: '没有发出去', noRobot: '对方的回答不是机器人的', notAllowed: '设置里已不允许发到这台服务器', gone: '对方不再接收（410）', off: '渠道已停用' },
  testTaken: '测试消息已送达。', testFailed: '测试消息没有送达：{why}', sureRemove: '删除“{name}”？等着发的消息也一并删除。',
}

export const channelProblem = {
  'topic-unknown': { title: '没有这个通知类型', hint: '请重新选择通知类型。' },
  'channel-invalid': { title: '渠道填得不对', hint: '请检查地址、单位和合并分钟数（0–1440）。' },
  'channel-unknown': { title: '没有这个渠道', hint: '它可能已被删除，请刷新。' },
  'channel-address-missing': { title: '没有填地址', hint: '机器人和单位系统要填地址，邮箱渠道要填邮箱。' },
  'channel-origin-not-allowed': { title: '这个地址的服务器不在允许之列', hint: '请运维在设置 [notices] origins 里添加这台服务器。' },
  'channel-secret-weak': { title: '签名密钥太短', hint: '请填 whsec_ 加 24 至 64 字节随机数的 Base64。换地址时要重填密钥。' },
  'channel-secret-unreadable': { title: '签名密钥写法不对', hint: '请填 whsec_ 加 24 至 64 字节随机数的 Base64。' },
  'channel-no-mail-server': { title: '没有设置发信服务器', hint: '请运维在设置 [notices] 里填 mail_server 和 mail_from。' },
  'channel-mailbox-unreadable': { title: '邮箱写法不对', hint: '请写成 name@district.example。' },
  'message-not-dead': { title: '这条消息不在未送达之列', hint: '请重新打开发送记录；只有未能送达的可以再发。' },
}
