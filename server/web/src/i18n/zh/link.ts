/** 链接: for people without an account, and what came by them. */
export const link = {
  title: '给外部人员的链接', intro: '物业、施工队、志愿者不用账号，打开链接就能看到这一件事、拍照反馈；发来的内容是本单位的草稿，由本单位决定是否采用。',
  make: '生成链接', forWhom: '给谁用', forWhomHint: '例如：万家物业（不要写电话）', task: '请对方做什么（可不填）', taskHint: '例如：请清理西门外垃圾并拍照', lasts: '有效期', days: '{n} 天',
  forWhomMissing: '请写明这个链接给谁用。', none: '还没有生成过链接。', failed: '链接没有读到。',
  url: '链接地址', qr: '给{whom}的链接二维码', show: '二维码', hide: '收起', copy: '复制链接', copied: '已复制，可以粘贴到微信发给对方。', notCopied: '没有复制成功，请手动复制。', warning: '谁拿到链接谁就能看到这件事，请只发给办理的人。',
  revoke: '收回', revokeSure: '确定收回给{whom}的链接？对方将不能再打开。', until: '有效至 {at}', used: '打开 {n} 次，最近 {at}', unused: '还没有打开过', sent: '发来 {n} 次', by: '{name} {at} 生成',
  state: { good: '有效', waiting: '可看，暂不收草稿', expired: '已过期', revoked: '已收回', over: '已失效' },
  drafts: '外部人员发来的整改草稿', draftFrom: '{whom}的草稿', draftsWaiting: '{n} 份待看', photo: '草稿照片 {n}', noPhotos: '没有照片。', howAdopt: '提交整改时可以直接选用这些照片，不用重新上传。',
  waiting: '待看', adopted: '已选用', discarded: '已丢弃', passed: '已随整改办理', discard: '丢弃', discardSure: '确定丢弃这份草稿？照片不再能选用。',
  adopt: '选用外部人员发来的照片', adoptHint: '选用后照片随整改一并提交，核查人会看到照片来自链接。', adoptOne: '选用{whom}的照片 {n}', stillLooking: '刚传到，正在处理',
}

export const linkEvent = {
  link_made: '为“{whom}”生成链接，有效至 {expires}', link_revoked: '收回了给外部人员的链接', draft_sent: '外部人员通过链接发来整改草稿，照片 {shots} 张', draft_discarded: '丢弃了外部人员的一份草稿',
}

export const linkProblem = {
  'link-invalid': { title: '链接不完整或无效', hint: '请从原消息重新打开，或重新扫码。' },
  'link-expired': { title: '链接已过期', hint: '请再生成一个。' },
  'link-revoked': { title: '链接已被收回', hint: '请再生成一个。' },
  'link-over': { title: '这件事已办结，或已改由其他单位处理', hint: '链接随之失效，不需要再办。' },
  'link-unknown': { title: '没有这个链接', hint: '请刷新页面再看。' },
  'link-conflict': { title: '同一编号已有另一个链接', hint: '请刷新页面后重新生成。' },
  'links-too-many': { title: '有效的链接太多', hint: '请先收回不再需要的链接。' },
  'link-for-whom': { title: '“给谁用”不合适', hint: '请写 1 至 40 个字，写单位或身份，不要写电话。' },
  'link-hours': { title: '有效期不合适', hint: '请选择较短的有效期；上限由系统管理员设定。' },
  'draft-unknown': { title: '没有这份草稿', hint: '请刷新页面再看。' },
  'draft-conflict': { title: '同一编号的草稿内容不一致', hint: '请作为新的草稿再发一次。' },
  'draft-empty': { title: '没有照片，也没有说明', hint: '请先拍一张照片，或写几句说明。' },
  'drafts-spent': { title: '这个链接可发送的次数已用完', hint: '请再生成一个链接。' },
  'drafts-too-many': { title: '待看的草稿太多', hint: '请先查看或丢弃已有的草稿。' },
  'draft-photo-unknown': { title: '所选的草稿照片不能用', hint: '草稿可能已被丢弃，请刷新后重新选用。' },
  'draft-photo-pending': { title: '所选的照片还在处理', hint: '请过几秒再次提交。' },
}
