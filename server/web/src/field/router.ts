import { createRouter, createWebHistory, type RouteLocation } from 'vue-router'
import HomeScreen from './screens/HomeScreen.vue'
import { hasSession, must } from '../session'

declare module 'vue-router' {
  interface RouteMeta {
    /** The tab that is lit; a screen without one has no tab bar. */
    tab?: 'home' | 'map' | 'tasks' | 'mine'
    /** Can be seen by whoever holds the phone. */
    open?: boolean
  }
}

/** A screen that is about one issue. */
const numbered = (to: RouteLocation) => ({ id: Number(to.params['id']) })

/** The handheld's screens. The first comes with the shell, each other as a chunk of its own. */
export const router = createRouter({
  history: createWebHistory('/m/'),
  routes: [
    { path: '/', name: 'home', component: HomeScreen, meta: { tab: 'home' } },
    { path: '/signin', name: 'signin', component: () => import('./screens/SignInScreen.vue'), meta: { open: true } },
    { path: '/map', name: 'map', component: () => import('./screens/MapScreen.vue'), meta: { tab: 'map' } },
    { path: '/tasks', name: 'tasks', component: () => import('./screens/TasksScreen.vue'), meta: { tab: 'tasks' } },
    { path: '/mine', name: 'mine', component: () => import('./screens/MineScreen.vue'), meta: { tab: 'mine' } },
    { path: '/outbox', name: 'outbox', component: () => import('./screens/OutboxScreen.vue') },
    { path: '/report', name: 'report', component: () => import('./screens/ReportScreen.vue') },
    { path: '/sent/:id', name: 'sent', component: () => import('./screens/SentScreen.vue'), props: true },
    { path: '/known/:id(\\d+)', name: 'known', component: () => import('./screens/KnownScreen.vue'), props: numbered },
    { path: '/reports', name: 'reports', component: () => import('./screens/ReportsScreen.vue') },
    { path: '/issues/:id(\\d+)', name: 'issue', component: () => import('./screens/IssueScreen.vue'), props: numbered },
    { path: '/tasks/:id(\\d+)', name: 'verify', component: () => import('./screens/VerifyScreen.vue'), props: numbered },
    { path: '/count', name: 'count', component: () => import('./screens/CountScreen.vue') },
    { path: '/suggest', name: 'suggest', component: () => import('./screens/SuggestScreen.vue') },
    { path: '/:rest(.*)*', redirect: { name: 'home' } },
  ],
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
})

router.beforeEach((to) => {
  if (to.meta.open) return true
  if (!hasSession()) return { name: 'signin', query: { next: to.fullPath } }
  // A new password or a second factor is set on the console's own page.
  if (must.value.length > 0) {
    location.assign(`/account/duty?next=${encodeURIComponent(`/m${to.fullPath}`)}`)
    return false
  }
  return true
})
