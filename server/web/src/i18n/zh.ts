import { account, handover } from './zh/account'
import { event, flag } from './zh/event'
import { bulletin } from './zh/bulletin'
import { cards } from './zh/cards'
import { counts, suggestions } from './zh/counts'
import { merge } from './zh/merge'
import { morning } from './zh/morning'
import { nav } from './zh/nav'
import { fieldMap } from './zh/fieldMap'
import { maps } from './zh/maps'
import { field } from './zh/field'
import { fieldwork } from './zh/fieldwork'
import { people } from './zh/people'
import { desk, office, triage } from './zh/office'
import { photos } from './zh/photos'
import { point } from './zh/point'
import { problem } from './zh/problem'
import { evidence } from './zh/evidence'
import { viewing } from './zh/viewing'
import { offer, offerCommand } from './zh/offer'
import { part, partCommand } from './zh/part'
import { staged, stagedCommand } from './zh/staged'
import { limitPeriod } from './zh/limitPeriod'
import { channel, notice } from './zh/notice'
import { limit } from './zh/limit'
import { link } from './zh/link'
import { request, suspension } from './zh/request'
import { selfHandled } from './zh/selfHandled'
import { verification } from './zh/verification'
import { wall } from './zh/wall'
import { admin, reference } from './zh/reference'
import { figures } from './zh/figures'
import { rules } from './zh/rules'
import { clock, route } from './zh/story'
import { work } from './zh/work'

/** The pages in Chinese. The keys are the glossary's words; the English file must have the same. */
export const zh = {
  app: {
    name: '周边', tagline: '固定点位周边问题处置', skip: '跳到正文', signOut: '退出', language: 'English',
    retry: '重试', reload: '重新加载', refresh: '刷新', cancel: '取消', close: '关闭', loading: '正在加载…', none: '无',
  },
  role: { inspector: '巡查员', bureau: '责任单位', office: '创城办', supervisor: '督导员', admin: '管理员' },
  signin: {
    title: '登录', login: '账号', password: '密码', submit: '登录', show: '显示密码', hide: '隐藏密码',
    missing: '请填写账号和密码。', ended: '登录已失效，请重新登录。', moved: '新手机已登录，本机已退出。',
    codeTitle: '二次验证', as: '账号 {login}', code: '验证码', codeHint: '手机验证器上的 6 位数字；手机不在身边可填恢复码。', codeMissing: '请填写验证码。', confirm: '确认', startOver: '换一个账号登录',
    wait: '还要等 {left}', waitOver: '现在可以再试。',
  },
  list: {
    title: '问题', text: '编号或描述', search: '搜索', stage: '环节', anyStage: '全部环节', openOnly: '仅未结案',
    number: '编号', category: '小类', area: '辖区', due: '时限', photos: '照片', lead: '牵头单位',
    more: '加载更多', all: '已全部显示',
    empty: '没有符合条件的问题', emptyHint: '放宽筛选条件，或稍后刷新再看。', clear: '清除筛选',
    uncategorised: '未定小类', noLead: '未派遣', noArea: '辖区不详',
  },
  stage: {
    reported: '待立案', filed: '待派遣', dispatched: '待签收', accepted: '处置中', rectified: '待核查', closed: '已结案',
    refused: '不予立案', void: '作废', returned: '已退回', reopened: '返工', deferred: '缓办', shelved: '挂账', merged: '已合并',
  },
  due: {
    none: '未定时限', left: '剩 {span}', over: '超期 {span}', closedOnTime: '按期结案', closedLate: '超期结案', handledOnTime: '按期整改', handledLate: '超期整改', settled: '不计时', stopped: '停止计时',
    days: '{d} 天 {h} 小时', hours: '{h} 小时 {m} 分', minutes: '{m} 分',
  },
  issue: {
    back: '返回列表', title: '问题 {id}',
    blind: '暗访，未公开', unrouted: '未定责任单位', helping: '本单位配合', reports: '{n} 次上报', rework: '返工 {n} 次', returns: '退回 {n} 次',
    reportedAt: '{at} 上报',
    facts: '基本情况', times: '时间', people: '责任', category: '小类', condition: '立案条件', closes: '结案条件', limit: '处置时限', source: '来源', note: '描述',
    area: '辖区', lead: '牵头单位', cooperating: '配合单位', routing: '派遣依据',
    reported_at: '上报', filed_at: '立案', dispatched_at: '派遣', accepted_at: '签收', rectified_at: '整改', handled_at: '处置完成', closed_at: '结案',
    first_due_at: '首次时限', due_at: '现行时限', return_until: '可退回至',
    photos: '照片', map: '位置', points: '所在周边', allPoints: '显示全部 {n} 个点位', noPoints: '不在任何点位的周边范围内。', timeline: '经过',
  },
  map: { failed: '地图数据没有加载成功。', noPosition: '这个问题没有位置。', legendIssue: '问题位置', legendPoint: '点位', legendDevice: '上报时手机所在', moved: '上报人把位置从手机定位处移动了 {n} 米。', movedAccuracy: '上报人把位置从手机定位处移动了 {n} 米（定位精度 ±{accuracy} 米）。' },
  band: { core: '核心', near: '近', wide: '外围' },
  distance: { metres: '{n} 米', inside: '点位内' },
  kind: { market: '农贸市场', mall: '商场超市', school: '学校', hospital: '医院', transit: '交通场站', community: '城市社区' },
  source: {
    inspector: '采集员', supervisor: '督导', leader: '领导交办', chat_group: '微信群', hotline_12345: '12345', citizen: '随手拍', media: '媒体', video: '视频',
  },
  command: {
    ...offerCommand,
    ...partCommand,
    ...stagedCommand,
    file: '立案', refuse: '不予立案', void: '作废', release: '公开', dispatch: '派遣', accept: '签收', return: '退回', rectify: '提交整改', extend: '申请延期', defer: '申请缓办', shelve: '申请挂账', decide: '申请审批', resume: '恢复办理', review: '挂账复核', verify: '核查', override: '特批结案', merge: '合并', into: '并入哪一件',
    actions: '可办事项', confirm: '确认{word}', reason: '理由', reasonText: '说明理由', note: '备注', outcome: '结果', passed: '核查结论', pass: '通过，结案', fail: '不通过，返工', until: '延期至', cost: '所需资金（元）', approved: '审批意见',
    category: '小类', condition: '立案条件', lead: '牵头单位', cooperating: '配合单位', choose: '请选择',
    photos: '现场照片', addPhotos: '拍照或选择照片', pasteOrDrop: '也可以粘贴（Ctrl+V）或把照片拖到这里', reading: '正在读取照片…', tooMany: '一次最多 {n} 张照片。', remove: '移除', positionNeeded: '在问题位置 200 米以内拍摄并附上位置，核查才能通过。', onSite: '我就在现场，附上当前位置', locating: '正在定位…', noFix: '没有取得位置，可不附位置提交。',
    acceptText: '确认由本单位处置。时限已从首次派遣时起算。', releaseText: '公开后，责任单位可以看到这个问题。',
    missing: '请先填写：{field}', wrongType: '{name} 不是 JPEG、PNG、WebP 或 HEIC 照片。', sending: '正在提交…', uploading: '正在上传照片 {n}/{total}',
    stale: '这个问题刚被他人更新，您看到的已不是最新情况。请重新加载后再办。', lost: '没有收到答复，不知是否已办成。再次提交不会重复办理。', again: '再次提交',
    uploadLost: '已经提交，但还有照片没有传完。请不要关闭，继续上传。', uploadAgain: '继续上传',
  },
  reason: {
    not_our_duty: '非本单位职责', ownership_unclear: '权属不清', wrong_place: '位置有误', duplicate: '重复', gone: '现场已无',
    false_alarm: '误报', outside_district: '不在辖区', below_condition: '未达立案条件',
  },
  outcome: { rectified: '已整改', no_longer_there: '现场已无' },
  verdict: { passed: '核查通过', failed: '核查不通过' },
  account,
  handover,
  nav,
  fieldMap,
  maps,
  field,
  desk,
  office,
  work,
  fieldwork,
  clock,
  route,
  triage,
  figures,
  merge,
  morning,
  bulletin,
  cards,
  counts,
  suggestions,
  photos,
  selfHandled,
  verification,
  evidence,
  viewing,
  offer,
  part,
  staged,
  limitPeriod, notice, channel,
  limit,
  link,
  request,
  suspension,
  point,
  event,
  flag,
  problem,
  wall,
  admin,
  people,
  reference,
  rules,
}

/** The shape both languages have. */
export type Messages = typeof zh
