/** Two issues that are one problem. */
export const merge = {
  this: '这一件', other: '并入的那一件', change: '另选一件', how: '和哪一件是同一个问题？选中后可以并排比对。',
  noneNear: '附近没有可以并入的问题。', byNumber: '按编号查找', numberHow: '问题编号，如 398', look: '查看', apart: '相距 {far}',
  will: '合并以后', final: '合并后不能撤销。',
  willMove: '问题 {id} 的 {reports} 次上报、{photos} 张照片转到问题 {into}，那边共 {total} 次上报。', willEnd: '问题 {id} 就此结束，不再单独计数；上报人看到的是问题 {into}。',
  willKeep: '问题 {into} 仍由{bureau}办理。', willChange: '问题 {into} 仍由{bureau}办理，{other}不再承办问题 {id}。', willLimit: '问题 {into} 的时限改按较早的 {at}。',
  clock: '已并入另一件，时限随那一件。', into: '与问题 {into} 是同一件，已并入', absorbed: '并入了', go: '查看问题 {into}',
}
