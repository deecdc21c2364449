import { expect, test } from 'vitest'
import type { IssueEvent } from '../api/types'
import { ranMs, segmentsOf } from './clockSegments'

const HOUR = 3_600_000
const T0 = Date.parse('2026-11-20T00:00:00Z')

function story(...steps: [kind: string, hour: number, payload?: Record<string, unknown>][]): IssueEvent[] {
  return steps.map(([kind, hour, payload], at) => ({
    kind, n: at + 1, seq: at + 1, at: new Date(T0 + hour * HOUR).toISOString(), by: 1, hash: '', payload: payload ?? {},
  }))
}

test('the bureau’s clock runs from the first dispatch, stands while verification is awaited, and runs on after a failure', () => {
  const segments = segmentsOf(story(['reported', 0], ['filed', 1], ['dispatched', 2, { lead: 'huanwei' }], ['accepted', 3], ['rectified', 5], ['reopened', 9], ['rectified', 10], ['closed', 20]))
  expect(segments.map(({ waiting, runs }) => [waiting, runs])).toEqual([
    ['filing', false], ['dispatching', false], ['accepting', true], ['working', true], ['verifying', false], ['reworking', true], ['verifying', false],
  ])
  expect(ranMs(segments, T0 + 99 * HOUR)).toBe((1 + 2 + 1) * HOUR)
  expect(segments.at(-1)?.to).toBe(T0 + 20 * HOUR)
})

test('a return does not stop the clock, and the next bureau inherits it', () => {
  const segments = segmentsOf(story(['reported', 0], ['dispatched', 0, { lead: 'huanwei' }], ['returned', 2], ['dispatched', 3, { lead: 'nanhu' }]))
  expect(segments.map(({ waiting, bureau }) => [waiting, bureau])).toEqual([['accepting', 'huanwei'], ['settling', null], ['accepting', 'nanhu']])
  expect(ranMs(segments, T0 + 4 * HOUR)).toBe(4 * HOUR)
})

test('photos and steps of the same second are nobody’s wait, and no stretch goes backwards', () => {
  const segments = segmentsOf(story(['reported', 1], ['filed', 1], ['photo_stored', 2], ['dispatched', 1], ['accepted', 0.5]))
  expect(segments).toEqual([{ waiting: 'working', from: T0 + HOUR, to: null, runs: true, bureau: null }])
})
