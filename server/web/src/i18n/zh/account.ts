/** One's own account: password, second factor, devices, a new phone. */
export const account = {
  title: '账号与安全', who: '账号 {login} · {role}', show: '显示', hide: '隐藏', copy: '复制', download: '下载', copied: '已复制。', notCopied: '没有复制成功，请手工选中后复制。', finish: '完成',
  password: '密码', passwordSince: '上次修改：{at}', changePassword: '修改密码', passwordChanged: '密码已修改，其他设备已退出登录。',
  currentPassword: '当前密码', newPassword: '新密码', againPassword: '再输一次新密码', savePassword: '保存新密码',
  passwordHint: '越长越好，几个互不相干的词连起来就好记又难猜；不要用姓名、账号、生日、键盘上相邻的键。',
  passwordMissing: '三栏都要填写。', passwordDiffers: '两次输入的新密码不一样，请重新输入。', passwordSame: '新密码和当前密码一样，请换一个。',
  yourPassword: '您的密码', passwordNeeded: '请填写密码。', sixDigits: '请填写 6 位数字。',
  secondFactor: '二次验证', factorOn: '已启用。', factorOff: '未启用。', factorOnText: '登录时除密码外还要填写手机验证器上的 6 位数字。', factorOffText: '启用后，别人即使知道密码也登录不了。',
  setUpSecondFactor: '启用二次验证', removeSecondFactor: '停用二次验证', removeMissing: '请填写密码和验证码。', beginSecondFactor: '下一步', appNeeded: '手机上需要一个验证器应用（支持 TOTP 的都可以）。',
  scan: '1. 用验证器应用扫码', scanHint: '在应用中选“添加”，再选“扫描二维码”。', qrLabel: '二次验证密钥的二维码；不能扫码请用文字密钥', orType: '不能扫码？手工输入这个密钥', copySecret: '复制密钥',
  thenCode: '2. 填写应用显示的数字', code: '6 位数字', codeHint: '每 30 秒变一次。', confirmSecondFactor: '确认启用',
  recoveryTitle: '请保存恢复码', recoveryWhy: '二次验证已启用。手机不在身边时，可用恢复码代替 6 位数字登录，每个只能用一次。恢复码只显示这一次，请打印或存在安全的地方。',
  recoveryFile: '周边 恢复码，账号 {login}，每个只能用一次', recoveryKept: '我已保存恢复码',
  devices: '已登录的设备', thisDevice: '本机', unnamedDevice: '未知设备', deviceSince: '登录于 {at}', deviceSeen: '最近使用 {at}', noOthers: '没有在其他设备上登录。',
  endDevice: '退出', reallyEnd: '确定退出', pressAgain: '再按一次确认。', deviceEnded: '那台设备已退出登录。', endOthers: '退出其他全部设备（{n} 台）', reallyEndOthers: '确定退出其他 {n} 台设备', othersEnded: '其他设备都已退出登录。',
  newPhone: '换到新手机', handOverText: '让新手机直接接着登录，不用再输密码。', keep: '本机也保持登录', handOver: '显示二维码', handOverAgain: '重新生成二维码', handOverQr: '新手机登录用的二维码',
  handOverHow: '用新手机的相机扫这个二维码，打开其中的网址。', staysSignedIn: '新手机登录后，本机仍保持登录。', getsSignedOut: '新手机登录后，本机自动退出。', handOverWarning: '不要把二维码拍照或转发给任何人：谁扫到就能用您的账号登录。',
  validFor: '{left} 内有效，只能用一次', codeOver: '二维码已过期。', taken: '新手机已登录：{device}', cannotScan: '不能扫码？', copyLink: '复制网址',
  mustChange: '请先修改密码', mustChangeWhy: '密码是别人设置的，或者使用太久。换成只有您知道的新密码后才能继续。',
  mustSetUp: '请先启用二次验证', mustSetUpWhy: '您的账号权限较大，登录时除密码外还须二次验证。启用后才能继续。',
}

/** A new phone that takes a session over. */
export const handover = {
  title: '在本机登录', taking: '正在登录…', none: '网址中没有登录码。', how: '请在原来的手机或电脑上打开“账号与安全”，在“换到新手机”中重新显示二维码，再用本机扫码；也可以用账号和密码登录。',
  ask: '将以二维码中的账号在本机登录。仅当二维码来自您本人的设备时才继续。',
  other: '本机已登录。继续会换成二维码中的账号。', take: '换成二维码中的账号', stay: '不换，返回列表', signIn: '用账号和密码登录',
}
