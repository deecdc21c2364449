import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { IssueDetail } from '../../api/types'

const getPhoto = vi.fn((sha256: string, rendition: string) => Promise.resolve(new Blob([`${sha256} ${rendition}`], { type: 'image/jpeg' })))
const getIssue = vi.fn(() => Promise.resolve({ id: 7, version: 3, reports: [{ photos: [photo('old', 'before')] }], rectifications: [] }))
vi.mock('../../api/client', () => ({ getPhoto, getIssue }))
vi.mock('../../session', () => ({ account: { value: { id: 1 } } }))
const { issuePicture, photosOf } = await import('./pictures')

const photo = (sha256: string, part: string, state = 'ready') => ({ sha256, part, state })
const shown = (detail: unknown, part: 'before' | 'after') => photosOf(detail as IssueDetail, part).map(({ sha256 }) => sha256)

beforeEach(() => { getPhoto.mockClear(); getIssue.mockClear() })

describe('what shows an issue before and after', () => {
  it('is its reports’ photos, and the latest rectification’s', () => {
    const detail = { reports: [{ photos: [photo('a', 'before'), photo('x', 'before', 'stored')] }], rectifications: [{ photos: [photo('b', 'after')] }, { photos: [photo('c', 'after')] }] }
    expect([shown(detail, 'before'), shown(detail, 'after')]).toEqual([['a'], ['c']])
  })

  it('is both of its report where whoever found it put it right', () => {
    const detail = { reports: [{ photos: [photo('b', 'after'), photo('a', 'before')] }], rectifications: [] }
    expect([shown(detail, 'before'), shown(detail, 'after')]).toEqual([['a'], ['b']])
  })
})

describe('the picture of an issue in a list', () => {
  it('is its cover, without asking for the whole issue', async () => {
    expect(await (await issuePicture({ id: 7, version: 3, cover: 'cover' }, 'before', 'thumbnail'))?.text()).toBe('cover thumbnail')
    expect(getIssue).not.toHaveBeenCalled()
    expect(await issuePicture({ id: 7, version: 3, cover: null }, 'before', 'thumbnail')).toBeNull()
  })

  it('is looked for where the list was kept before there were covers', async () => {
    expect(await (await issuePicture({ id: 7, version: 3 }, 'before', 'thumbnail'))?.text()).toBe('old thumbnail')
    expect(getIssue).toHaveBeenCalledOnce()
  })
})
