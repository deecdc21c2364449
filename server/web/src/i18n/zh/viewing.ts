/** 暗访: who was shown a finding while it was kept from bureaus. */
export const viewing = {
  title: '暗访期间的查阅记录', intro: '公开前，凡看过本件及其照片的人都在此留痕；公开后的查阅不再记录。', none: '公开前还没有其他人看过。',
  opened: '打开案件', listed: '列表、地图或同步', photo: '查看照片', exported: '导出文件',
  once: '{at}', until: '{first} 至 {last}', failed: '查阅记录没有读到。',
}
