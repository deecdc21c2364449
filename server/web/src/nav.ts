import type { RouteLocationRaw } from 'vue-router'
import type { Role } from './api/types'

/** A page in the console's navigation. One whose route does not exist is not shown. */
export interface NavItem {
  /** The route's name; also what other pages of the same errand put into their `meta.nav`. */
  name: string
  roles: Role[]
  /** Message key. */
  label: string
  group: NavGroup
}

/** Headings of the navigation, in their order. */
export const NAV_GROUPS = ['work', 'place', 'figures', 'setup'] as const
export type NavGroup = (typeof NAV_GROUPS)[number]

const ALL: Role[] = ['bureau', 'office', 'supervisor', 'inspector', 'admin']

/** The console's pages, in the order of the navigation. */
export const NAV: NavItem[] = [
  { name: 'morning', roles: ['office', 'supervisor', 'admin'], label: 'morning.title', group: 'work' },
  { name: 'notices', roles: ['bureau', 'office'], label: 'notice.title', group: 'work' },
  { name: 'desk', roles: ['office'], label: 'office.nav.desk', group: 'work' },
  { name: 'triage', roles: ['office'], label: 'office.nav.triage', group: 'work' },
  { name: 'issues', roles: ALL, label: 'nav.issues', group: 'work' },
  { name: 'cards', roles: ['bureau', 'office', 'supervisor'], label: 'cards.title', group: 'work' },
  { name: 'verification', roles: ['office', 'supervisor'], label: 'verification.title', group: 'work' },
  { name: 'suspensions', roles: ['bureau', 'office', 'supervisor'], label: 'suspension.title', group: 'work' },
  { name: 'suggestions', roles: ['office'], label: 'suggestions.title', group: 'work' },
  { name: 'people', roles: ['admin'], label: 'people.title', group: 'setup' },
  { name: 'figures', roles: ['bureau', 'office', 'supervisor', 'admin'], label: 'nav.figures', group: 'figures' },
  { name: 'bulletins', roles: ['bureau', 'office', 'supervisor'], label: 'bulletin.title', group: 'figures' },
  { name: 'counts', roles: ['office'], label: 'counts.title', group: 'figures' },
  { name: 'reference', roles: ['office', 'admin'], label: 'reference.title', group: 'setup' },
  { name: 'rules', roles: ['office', 'admin'], label: 'rules.title', group: 'setup' },
  { name: 'limits', roles: ['office', 'admin'], label: 'limitPeriod.title', group: 'setup' },
  { name: 'channels', roles: ['office', 'admin'], label: 'channel.title', group: 'setup' },
  { name: 'points', roles: ALL, label: 'point.title', group: 'place' },
  { name: 'wallboard', roles: ['office', 'supervisor', 'admin'], label: 'wall.title', group: 'place' },
]

/** Where a person goes after signing in: the page of the console, or the handheld. */
export const LANDING: Record<Role, RouteLocationRaw | '/m/'> = {
  bureau: { name: 'issues' },
  office: { name: 'desk' },
  admin: { name: 'people' },
  inspector: '/m/',
  supervisor: '/m/',
}
