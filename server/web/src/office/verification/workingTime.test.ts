import { expect, it } from 'vitest'
import { workingTime } from './workingTime'

const t = (key: string, values?: Record<string, unknown>): string => `${String(values?.['n'])} ${key.split('.').at(-1) ?? ''}`

it('tells minutes below two hours and hours to the tenth from there on', () => {
  expect([0, 119, 120, 190, 960].map((minutes) => workingTime(minutes, t))).toEqual(['0 minutes', '119 minutes', '2 hours', '3.2 hours', '16 hours'])
})
