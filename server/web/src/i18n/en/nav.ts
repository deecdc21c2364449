import type { nav as zh } from '../zh/nav'

/** The console's navigation. */
export const nav: typeof zh = {
  label: 'Navigation', open: 'Open navigation', handheld: 'Handheld',
  group: { work: 'Work', place: 'Map', figures: 'Figures', setup: 'Set-up' },
  figures: 'Closure figures', issues: 'Issues',
}
