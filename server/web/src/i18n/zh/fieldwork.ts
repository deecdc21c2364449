/** What is done in the street: reporting, looking again, counting, suggesting. */
export const fieldwork = {
  back: '返回', home: '回首页', homeTasks: '今日任务', homeRefused: '{n} 件没有被接收，点开看原因',
  place: {
    title: '位置', plan: '位置略图', drag: '推动略图，让红针指着问题所在', accuracy: '定位 ±{n} 米', looking: '正在定位…', here: '已定位', refused: '没有定位权限', none: '定位不可用',
    missing: '还没有位置', missingHint: '点这里在图上指出', refusedHint: '请在手机设置里允许定位，或在图上指出。', moved: '已改动 {n} 米', device: '手机定位', back: '用回手机定位', use: '就是这里', pointed: '图上指出的位置', correct: '位置，点开可改', near: '{name}附近',
  },
  camera: {
    live: '取景画面', shutter: '拍照', album: '相册', torch: '手电', ghost: '对照', failed: '照片没有拍成，请再拍一次。',
    starting: '正在打开相机…', refused: '没有相机权限', missing: '这里打不开取景', useOwn: '按红色按钮，用手机自带相机拍。',
  },
  draw: { title: '圈出问题', hint: '用手指在照片上画', circle: '画圈', arrow: '箭头', undo: '撤一步', done: '画好了', failed: '照片打不开，请重新拍。' },
  report: {
    title: '上报', send: '发送', sending: '正在存…', again: '再报一件', more: '再拍一张', photo: '照片 {n}', remove: '删掉', mark: '圈画', original: '原图', opened: '照片 {n}，放大、圈画或删掉',
    category: '问题小类', categoryNone: '不选也行，由受理员定', condition: '到什么程度', conditionNone: '说不准', recent: '最近用过', around: '这里常见', all: '全部小类', search: '拼音首字母或汉字，如 bllj', noCategory: '没有找到，换个说法，或不选直接发', clear: '不选',
    note: '补充说明', notePlaceholder: '补充说明，可不填', talk: '按住说话', talking: '在听，松手结束', talkFailed: '没有听清，请打字，或用输入法上的话筒。', noteHint: '输入法上的话筒也能说话输入',
    selfHandled: '已当场处理', selfHandledHint: '前后各拍一张，不再派单', takeAfter: '拍处理后', afterHint: '站到同一个位置，对着淡影拍处理后', before: '处理前', after: '处理后', beforeMissing: '还差处理前：点开一张改成处理前', afterMissing: '还差一张处理后的照片', isBefore: '改为处理前', isAfter: '改为处理后', handledIssue: '第 {id} 号，自处置，已结案',
    blind: '暗访：先不让单位看见',
    nearby: '附近有在办的，是不是这个？', sameOne: '就是它，不用再报', notSame: '不是，我这是另一处', joinIt: '是它，照片也报上', known: '这个问题已有人报过', knownHint: '第 {id} 号，正在处理',
    stored: '已存好', storedHint: '有信号自动发', handed: '已交单', handedHint: '无需再管', joined: '并入第 {id} 号问题', openedIssue: '第 {id} 号问题', noPicture: '照片还没存到手机', photosLeft: '还有 {n} 张照片正在自动上传', refused: '没有被接收', see: '看原因',
    draft: '上次没报完', draftPhotos: '{n} 张照片，{time}', resume: '接着报', drop: '删掉', dropAsk: '删掉这份没报完的？照片也会删掉。', full: '手机存不下了，请先清理空间或先把待发的发出。',
  },
  mine: {
    title: '我报的', empty: '还没有上报过', emptyHint: '报过的问题会列在这里，办到哪一步随时能看。', waiting: '待发', handled: '自处置', handledHint: '已当场处理，报上即结案；受理员会抽查。', checked: '已当场处理，受理员抽查通过。', more: '更早的', offline: '没有连上，这是 {time} 时的情况。', noNetwork: '没有网络。报过的都在，联网后这里能看到办到哪一步。',
  },
  verify: {
    title: '去核查', list: '待核查', kilometres: '{n} 公里', before: '整改前', after: '单位报来的', take: '现场拍一张', hint: '站到同一个位置，对着淡影拍', pass: '整改好了', fail: '没整改好', note: '没整改好的，说说哪里没好', noteMissing: '请说一句哪里没好。', photoMissing: '请先现场拍一张。',
    closes: '要看到', sentHint: '有信号自动发', gone: '单位说现场已无', waiting: '已核查，待发', notAllowed: '这个问题不由您核查', noBefore: '整改前的照片还没有存到手机', noAfter: '没有整改照片', since: '{time} 报来', order: '排序', longest: '等得最久', nearest: '离我最近', atDesk: '这里列的是要到现场核查的；本单位的案件在电脑版里办。', rework: '返工 {n} 次', open: '放大前后对比',
  },
  count: {
    title: '计数', hint: '戴没戴头盔、让没让行人，边看边点', going: '没数完', what: '数什么', where: '在哪里', here: '当前位置', right: '合格', wrong: '不合格', helmetOn: '戴', helmetOff: '未戴', seen: '看到', rate: '合格率', undo: '撤一个', finish: '数完了', finishAsk: '一共看到 {seen}，合格 {right}，交上去？', sent: '已记下', leave: '留着接着数', drop: '不要了', dropAsk: '已经数的会删掉。',
    again: '再数一处', noPack: '外业包还没有下载，联网后打开一次即可。', noCategory: '现在没有要计数的小类。',
  },
  suggest: {
    title: '投诉建议', prompt: '对创城工作、对这个软件，有什么不顺手、不公道，都可以写。', placeholder: '写在这里', send: '交上去', sent: '已交上，答复会出现在这里。', stored: '已存好，有信号自动发。', mine: '我提过的', empty: '还没有提过', answer: '答复', waiting: '等待答复', unsent: '待发', by: '{name} 答复于 {time}', offline: '没有网络，暂看不到答复。',
  },
  settings: { picture: '照片大小', small: '省流量', usual: '标准', large: '最清楚', pictureHint: '长边 {n} 像素' },
}
