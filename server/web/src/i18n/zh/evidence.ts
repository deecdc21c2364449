/** 照片核验: what speaks against an after-photo, in numbers. */
export const evidence = {
  title: '整改后照片核验', photo: '照片 {n}', clean: '未发现问题', block: '不能作为结案依据', look: '请留意',
  anew: '请在现场重新拍摄整改后照片。', open: '查看问题 {id}', other: '另一问题',
  by: { device: '按手机定位', camera: '按照片信息' }, clock: { device: '按手机时间', camera: '按照片信息' },
  within: '（±{m} 米）',
  found: {
    'not-arrived': '照片尚未传到', unreadable: '照片无法读取', 'not-compared': '正在与以往照片比对，请稍后再看',
    'seen-before': '同一张照片已用于{of}', copied: '与{of}的照片画面 {percent}% 相同', 'copied-own': '与本问题此前的照片画面 {percent}% 相同', 'seen-own': '同一张照片此前已用于本问题',
    'before-dispatch': '{by}，拍摄于派遣前 {span}', 'before-problem': '拍摄时间早于整改前照片 {span}', 'another-visit': '拍摄时间晚于整改前照片 {span}，不是同一次到场',
    'time-by-device': '照片未带相机时间，以手机时间为准', 'times-disagree': '照片信息与手机时间相差 {span}',
    'place-unknown': '没有拍摄位置', 'place-inaccurate': '定位误差达 {accuracy} 米，无法判断是否在现场',
    'too-far': '{by}，距问题位置 {metres} 米{within}', 'places-disagree': '照片信息显示拍摄位置距问题位置 {metres} 米，与手机定位不符', 'sent-by-link': '照片由外部人员通过链接发来，责任单位选用',
  },
  issue: '问题 {id} ',
}
