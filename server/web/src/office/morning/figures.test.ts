import { describe, expect, it } from 'vitest'
import { askedOf, figureOf, FIGURES, queryOf } from './figures'

const morning = { new_since: '2026-11-20T00:30:00Z' }

describe('a figure of the morning', () => {
  it('is read back from its address as it was asked, for everybody, a bureau and a point', () => {
    for (const figure of FIGURES) {
      for (const of of [{}, { lead: 'huanwei' }, { lead: '-' }, { point: 'P001' }]) {
        const query = queryOf(figure, morning, of)
        expect(figureOf(query)).toBe(figure)
        expect(askedOf(query)).toEqual(Object.fromEntries(Object.entries(query).map(([key, value]) => [key, value === 'true' ? true : value])))
      }
    }
  })
  it('has a list of its own', () => {
    expect(new Set(FIGURES.map((figure) => JSON.stringify(queryOf(figure, morning)))).size).toBe(FIGURES.length)
  })
  it('asks for nothing that an address makes up', () => {
    expect(askedOf({ sort: 'newest', lead: '', due: 'today' })).toEqual({ due: 'today' })
    expect(figureOf({ stage: 'closed' })).toBe(null)
  })
})
