import { createRouter, createWebHistory } from 'vue-router'
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
