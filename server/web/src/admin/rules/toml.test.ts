import { expect, it } from 'vitest'
import { offersOf, rulesOf, versionOf } from './rules'
import { readToml } from './toml'
import file from '../../../../src/demo/routing.toml?raw'

it('reads what rules are written in', () => {
  expect(readToml(`
version = "2026-12"   # raise it
[[rule]]
name = "飞线 \\"低\\""
when = { category = ["1201", '1202'], place = ["back_street"], }
lead = "@subdistrict"
cooperating = [
  "power",  # a comment in a list
  "@owner",
]
from = 2026-12-01
priority = 1
[rule.more]
deep.er = true
[[rule]]
name = "其他"
fallback = true
`)).toEqual({
    version: '2026-12',
    rule: [
      { name: '飞线 "低"', when: { category: ['1201', '1202'], place: ['back_street'] }, lead: '@subdistrict', cooperating: ['power', '@owner'], from: '2026-12-01', priority: 1, more: { deep: { er: true } } },
      { name: '其他', fallback: true },
    ],
  })
})

it('gives nothing where it cannot read', () => {
  for (const broken of ['[[rule]', 'a = ', 'a = [1, 2', 'a = "x" b = 1', 'a = {b = 1']) expect(readToml(broken), broken).toBeNull()
})

it('shows the rules of the demonstration district', () => {
  const rules = rulesOf(file)
  expect(rules).toHaveLength(file.match(/^\[\[rule\]\]/gm)?.length ?? -1)
  expect(rules?.every((rule) => rule.name !== '' && rule.lead !== '' && (rule.fallback || rule.when.length > 0))).toBe(true)
  expect(versionOf(file)).not.toBe('')
  expect(offersOf(file)).toMatchObject([{ name: '线缆认领', when: [['category', ['1201']]], within: '4工作时', othersHelp: true, otherwise: '@subdistrict' }])
  expect(offersOf(file)[0]?.candidates).toHaveLength(5)
})
