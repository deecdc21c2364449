/** Photos of an issue: how far they have come, what is wrong with them. */
export const photos = {
  comma: '，', colon: '：',
  count: '{stored}/{expected} 张', none: '无照片', save: '下载', failed: '照片没有取到', before: '整改前', after: '整改后', check: '核查', open: '查看大图',
  arrived: '已到 {stored}/{expected} 张', unreadableCount: '{n} 张无法读取', flaggedCount: '{n} 张有疑点',
  announced: '照片尚未传到', stored: '正在处理…', unreadable: '无法读取', kept: 'HEIC 原图', broken: '此照片无法在浏览器中显示',
  keptText: '浏览器显示不了 HEIC 照片，请下载原图查看。', slow: '处理时间较长', again: '再看一次',
  previous: '上一张：{label}', next: '下一张：{label}',
  original: '下载原图', watermarked: '下载水印照片', downloading: '正在取照片…', remarks: '照片说明',
  taken: '拍摄：{at}', camera: '相机记录：{at}', size: '{width} × {height}', marked: '有疑点',
  unreadableBecause: {
    truncated: '照片不完整，请在现场重新拍摄并上报。', corrupt: '照片已损坏，请在现场重新拍摄并上报。', 'type-unknown': '文件不是照片，请在现场重新拍摄并上报。',
    'too-many-pixels': '照片像素过大，请调低相机分辨率后重新拍摄并上报。', 'too-much-memory': '照片太大，请调低相机分辨率后重新拍摄并上报。',
    unsupported: '照片的格式不能处理，请用手机自带相机重新拍摄并上报。', empty: '照片是空文件，请在现场重新拍摄并上报。', other: '照片无法读取，请在现场重新拍摄并上报。',
  },
  flag: {
    'exif-position-disagrees': '照片内记录的位置与上报的位置不符。', 'exif-time-disagrees': '照片内记录的时间与上报的拍摄时间不符。', 'exif-time-future': '照片内记录的时间在将来。', 'exif-odd': '照片内的拍摄信息残缺。',
  },
}
