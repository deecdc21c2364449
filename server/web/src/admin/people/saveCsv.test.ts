import { expect, it } from 'vitest'
import { csvOf } from './saveCsv'

it('quotes what has to be, and lets no cell be taken for a formula', () => {
  expect(csvOf([['账号', '密码'], ['a,b', 'say "x"'], ['=1+1', '@sum']])).toBe('\uFEFF账号,密码\r\n"a,b","say ""x"""\r\n\'=1+1,\'@sum\r\n')
})
