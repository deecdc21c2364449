/** What a person can be told: what went wrong, and what to do next. */
export interface ProblemText {
  title: string
  hint: string
}

const AGAIN = '请稍后重试；仍不行请告知管理员。'
const OURS = '请刷新页面后重试；仍不行请把这条提示告知管理员。'

/** Problems by the server's codes, and three made by the pages. A code not here is shown in the server's words. */
export const problem = {
  unreachable: { title: '连不上服务器', hint: '请检查网络，然后重试。' },
  unexpected: { title: '服务器的答复无法识别', hint: AGAIN },
  'session-ended': { title: '登录已失效', hint: '请重新登录。' },
  'token-invalid': { title: '登录凭证无效', hint: '请重新登录。' },
  'token-expired': { title: '登录凭证已过期', hint: '请重新登录。' },
  'refresh-token-invalid': { title: '登录已失效', hint: '请重新登录。' },
  'credentials-invalid': { title: '账号或密码不对', hint: '请核对后再试。账号停用或忘记密码，请找管理员。' },
  forbidden: { title: '您的账号不能办理此事', hint: '请联系创城办，或换用有权限的账号登录。' },
  'not-found': { title: '没有找到，或您无权查看', hint: '请核对编号；其他单位负责的问题不在此显示。' },
  'request-malformed': { title: '服务器读不懂这次请求', hint: OURS },
  'too-large': { title: '提交的内容太大', hint: '请减少照片，或换一张小一些的照片。' },
  'report-conflict': { title: '同一编号的上报内容不一致', hint: '上报后不能修改，请作为新的问题上报。' },
  'command-conflict': { title: '同一编号的办理内容不一致', hint: '请重新加载这个问题后再办。' },
  'login-taken': { title: '账号名已被占用', hint: '请换一个账号名。' },
  'precondition-required': { title: '缺少所依据的版本', hint: '请重新加载这个问题后再办。' },
  'version-stale': { title: '这个问题刚被他人更新', hint: '请重新加载，看过最新情况后再办。' },
  'photo-not-in-manifest': { title: '这张照片没有登记', hint: '请先提交上报或办理内容，再传照片。' },
  'must-refetch': { title: '本机数据已不适用', hint: '请重新加载全部数据。' },
  overtaken: { title: '办理期间情况有变', hint: '请再提交一次。' },
  unavailable: { title: '服务器的数据库暂时连不上', hint: '没有保存任何内容，请稍后重试。' },
  'storage-full': { title: '服务器存储已满', hint: '没有保存任何内容，请告知管理员清理空间。' },
  internal: { title: '服务器出错', hint: `没有保存任何内容。${AGAIN}` },
  'wrong-stage': { title: '当前环节不能办理', hint: '请重新加载，查看现在可办的事项。' },
  'not-lead': { title: '只有牵头单位可以办理', hint: '本单位是配合单位，请与牵头单位联系。' },
  'blind-unreleased': { title: '暗访问题尚未公开', hint: '请先公开，责任单位才能看到。' },
  'return-window-over': { title: '已过退回期限', hint: '请整改，或请创城办重新派遣。' },
  'returns-spent': { title: '退回次数已用完', hint: '请创城办召开协调会。' },
  'reason-missing': { title: '缺少理由', hint: '请用文字写明理由。' },
  'after-photo-missing': { title: '缺少整改后照片', hint: '请到现场拍照并附上。' },
  'after-photo-not-stored': { title: '整改后照片尚未传到', hint: '请等责任单位的照片传完再核查。' },
  'after-photo-too-early': { title: '整改后照片拍摄时间过早', hint: '整改后照片必须在派遣之后拍摄。' },
  'after-photo-seen-before': { title: '整改后照片曾经使用过', hint: '同一张照片已用于其他上报或整改，请在现场重新拍摄。' },
  'after-photo-too-far': { title: '整改后照片离问题位置过远，或没有位置', hint: '整改后照片必须在问题位置 200 米以内拍摄。' },
  'verifier-rectified': { title: '整改人不能自己核查', hint: '请由他人核查。' },
  'verifier-of-bureau': { title: '责任单位的人不能核查', hint: '请由巡查员或创城办核查。' },
  'category-missing': { title: '选了立案条件，但没有选小类', hint: '请先选小类。' },
  'category-unknown': { title: '小类不在立案目录中', hint: '目录可能刚更新，请刷新页面后重选。' },
  'condition-unpublished': { title: '立案条件尚未发布', hint: '请改选其他条件，或补全标准的对照表后重新导入。' },
  'condition-unknown': { title: '立案条件不在目录中', hint: '目录可能刚更新，请刷新页面后重选。' },
  'bureau-unknown': { title: '没有这个责任单位', hint: '名录可能刚更新，请刷新页面后重选。' },
  'area-unknown': { title: '没有这个辖区', hint: '名录可能刚更新，请刷新页面后重选。' },
  'stage-unknown': { title: '没有这个环节', hint: '请清除筛选后重试。' },
  'text-too-long': { title: '文字太长', hint: '请缩短后再提交。' },
  'text-invalid': { title: '文字中有不能保存的字符', hint: '请删去特殊字符后再提交。' },
  'manifest-invalid': { title: '照片登记有误', hint: '请移除照片后重新选择。' },
  'digest-invalid': { title: '照片校验码有误', hint: OURS },
  'photo-digest-mismatch': { title: '照片在传送中损坏', hint: '请再传一次。' },
  'photo-length-mismatch': { title: '照片没有传完整', hint: '请再传一次。' },
  'photo-type-mismatch': { title: '照片格式与登记的不符', hint: '请移除这张照片，换用 JPEG、PNG、WebP 或 HEIC 照片。' },
  'password-weak': { title: '密码太弱', hint: '请换一个更长、不易猜到的密码。' },
  'login-invalid': { title: '账号名不合规', hint: '请用 2 至 64 个小写字母、数字、点、下划线或连字符。' },
} satisfies Record<string, ProblemText>
