import { linkEvent } from './link'
import { offerEvent } from './offer'
import { partEvent } from './part'
import { stagedEvent } from './staged'

/** What happened to an issue, a sentence for each kind of event. */
export const event = {
  ...linkEvent,
  ...offerEvent,
  ...partEvent,
  ...stagedEvent,
  reported: '上报了这个问题', joined: '再次上报同一问题，相距 {distance} 米', raised: '情况加重，改按“{condition}”办理',
  filed: '受理立案：{category}', filedByRule: '按规则自动立案：{category}', refused: '不予立案：{reason}', unrouted: '未能确定责任单位，等待人工派遣',
  dispatched: '派遣给{lead}', accepted: '{bureau}签收', returned: '{bureau}退回：{reason}', rectified: '{bureau}提交整改：{outcome}',
  asked: '{by}申请{wish}', endorsed: '申请初审同意', extended: '同意延期，时限改为 {dueAt}', declined: '不同意所申请的事项',
  deferred: '同意缓办至 {until}，停止计时', shelved: '同意挂账，停止计时，所需资金 {cost}', reviewed: '挂账复核：仍不具备条件', resumed: '恢复办理，时限改为 {dueAt}', resumedUnlimited: '恢复办理',
  byItself: '缓办到期，自动恢复', reviewBy: '{at} 前再复核',
  closed: '核查通过，结案', overridden: '特批结案', reopened: '核查不通过，返工', voided: '作废：{reason}', merged: '与 #{into} 是同一问题，已并入', absorbed: '并入了 #{issue}，共 {reports} 次上报', released: '暗访问题公开，责任单位可以看到',
  self_handled: '发现人当场处理好，前后照片一并上报', checked: '抽查通过', check_failed: '抽查不通过，退回受理',
  photo_stored: '{n} 张照片传到', photo_unreadable: '有照片无法读取', photo_flagged: '有照片存疑', limit_recomputed: '时限重新计算，改为 {dueAt}', reassigned: '基础资料更新，所在辖区、点位重新归属',
  system: '系统', comma: '、', cooperating: '配合单位：{bureaus}', due: '处置时限至 {at}', returnable: '{at} 前可退回',
  blind: '暗访问题，公开前责任单位看不到', againstRectification: '与已提交的整改不符', withPhotos: '附照片 {n} 张',
}

/** What is odd about the first report of an issue, by the server's codes. */
export const flag = {
  title: '上报时的疑点',
  'position-missing': '没有位置，需人工确定地点。', 'position-invalid': '位置坐标不成立，需人工确定地点。', 'position-zero': '位置为 (0, 0)，手机没有定到位，需人工确定地点。',
  'position-outside': '位置在辖区以外，请核对坐标系。', 'position-near-border': '位置略出辖区边界，已归入最近的辖区。', 'position-inaccurate': '定位精度不足，具体地点请向上报人核实。',
  'clock-past': '手机时间偏慢，已按收到的时间计。', 'clock-future': '手机时间偏快，已按收到的时间计。', 'category-missing': '上报时没有选小类，需人工确定。',
}
