import { expect, test } from 'vitest'
import { eventReader } from './events'

test('an event cut anywhere is read once it is whole', () => {
  const text = 'event: changed\nid: a.1\ndata: {"after":"a.1"}\n\n:\n\n'
  for (let cut = 0; cut <= text.length; cut += 1) {
    const read = eventReader()
    expect([...read(text.slice(0, cut)), ...read(text.slice(cut))]).toEqual([{ event: 'changed', data: '{"after":"a.1"}' }])
  }
})

test('comments and empty events say nothing', () => {
  expect(eventReader()(':\n\n: still here\n\nevent: changed\n\n')).toEqual([])
})
