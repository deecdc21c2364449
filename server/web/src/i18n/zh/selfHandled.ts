/** What its finder fixed 自处置, and the desk's look at some of it. */
export const selfHandled = {
  tag: '自处置', checked: '自处置，抽查通过', noLead: '自处置，不派遣', clock: '发现人当场处理好，不派遣、不计时限。',
  pass: '通过，确已处理', fail: '不通过，退回受理', how: '比对处理前后的照片：确已处理就通过；看不出处理好的写明原因，退回受理，照常立案派遣。',
  note: '哪里没有处理好', noteMissing: '不通过请写明哪里没有处理好。', column: '自处置', notCounted: '自处置由发现人当场处理并结案，单列一栏，不计入应结案，也不计入各项比率。',
  all: '自处置的问题', verdict: '自处置抽查',
}
