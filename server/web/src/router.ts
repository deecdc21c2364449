import { createRouter, createWebHistory } from 'vue-router'
import { hasSession } from './session'

/** The pages. Each is a chunk of its own; the map comes with the detail page only. */
export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', redirect: { name: 'issues' } },
    { path: '/signin', name: 'signin', component: () => import('./pages/SignInPage.vue') },
    { path: '/issues', name: 'issues', component: () => import('./pages/IssueListPage.vue') },
    { path: '/issues/:id(\\d+)', name: 'issue', component: () => import('./pages/IssuePage.vue'), props: (to) => ({ id: Number(to.params['id']) }) },
    { path: '/:rest(.*)*', redirect: { name: 'issues' } },
  ],
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
})

router.beforeEach((to) => {
  if (to.name === 'signin' || hasSession()) return true
  return { name: 'signin', query: { next: to.fullPath } }
})
