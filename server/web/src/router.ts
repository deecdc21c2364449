import { createRouter, createWebHistory } from 'vue-router'
import { takeCode } from './account/handoverCode'
import { hasSession, must } from './session'

/** The pages. Each is a chunk of its own; the map comes with the detail page only. */
export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', name: 'home', component: () => import('./pages/HomePage.vue') },
    { path: '/signin', name: 'signin', component: () => import('./pages/SignInPage.vue') },
    { path: '/handover', name: 'handover', component: () => import('./pages/HandoverPage.vue') },
    { path: '/issues', name: 'issues', component: () => import('./pages/IssueListPage.vue') },
    { path: '/issues/:id(\\d+)', name: 'issue', component: () => import('./pages/IssuePage.vue'), props: (to) => ({ id: Number(to.params['id']) }), meta: { nav: 'issues' } },
    { path: '/reference/import', name: 'reference-import', component: () => import('./pages/ReferenceImportPage.vue'), meta: { nav: 'reference' } },
    { path: '/reference/imports', name: 'reference-imports', component: () => import('./pages/ReferenceImportsPage.vue'), meta: { nav: 'reference' } },
    { path: '/reference/imports/:id(\\d+)', name: 'reference-imported', component: () => import('./pages/ReferenceImportedPage.vue'), props: (to) => ({ id: Number(to.params['id']) }), meta: { nav: 'reference' } },
    { path: '/reference/:set?', name: 'reference', component: () => import('./pages/ReferencePage.vue') },
    { path: '/points', name: 'points', component: () => import('./pages/PointsPage.vue') },
    { path: '/points/:code', name: 'point', component: () => import('./pages/PointPage.vue'), props: true, meta: { nav: 'points' } },
    { path: '/desk', name: 'desk', component: () => import('./pages/DeskPage.vue') },
    { path: '/people', name: 'people', component: () => import('./pages/PeoplePage.vue') },
    { path: '/people/new', name: 'new-person', component: () => import('./pages/NewPersonPage.vue'), meta: { nav: 'people' } },
    { path: '/people/import', name: 'people-import', component: () => import('./pages/PeopleImportPage.vue'), meta: { nav: 'people' } },
    { path: '/people/:id(\\d+)', name: 'person', component: () => import('./pages/PersonPage.vue'), props: (to) => ({ id: Number(to.params['id']) }), meta: { nav: 'people' } },
    { path: '/machines', name: 'machines', component: () => import('./pages/MachinesPage.vue'), meta: { nav: 'people' } },
    { path: '/triage', name: 'triage', component: () => import('./pages/TriagePage.vue') },
    { path: '/morning', name: 'morning', component: () => import('./pages/MorningPage.vue') },
    { path: '/morning/list', name: 'morning-list', component: () => import('./pages/MorningListPage.vue'), meta: { nav: 'morning' } },
    { path: '/morning/brief', name: 'morning-brief', component: () => import('./pages/MorningBriefPage.vue'), meta: { nav: 'morning' } },
    { path: '/morning/slides', name: 'morning-slides', component: () => import('./pages/MorningSlidesPage.vue'), meta: { nav: 'morning', bare: true } },
    { path: '/morning/picture', name: 'morning-picture', component: () => import('./pages/MorningPicturePage.vue'), meta: { nav: 'morning' } },
    { path: '/cards', name: 'cards', component: () => import('./pages/CardsPage.vue') },
    { path: '/cards/:id(\\d+)', name: 'card', component: () => import('./pages/CardPage.vue'), props: (to) => ({ id: Number(to.params['id']) }), meta: { nav: 'cards' } },
    { path: '/counts', name: 'counts', component: () => import('./pages/CountsPage.vue') },
    { path: '/suspensions', name: 'suspensions', component: () => import('./pages/SuspensionsPage.vue') },
    { path: '/verification', name: 'verification', component: () => import('./pages/VerificationPage.vue') },
    { path: '/suggestions', name: 'suggestions', component: () => import('./pages/SuggestionsPage.vue') },
    { path: '/figures', name: 'figures', component: () => import('./pages/FiguresPage.vue') },
    { path: '/bulletins', name: 'bulletins', component: () => import('./pages/BulletinsPage.vue') },
    { path: '/bulletins/new', name: 'bulletin-new', component: () => import('./pages/NewBulletinPage.vue'), meta: { nav: 'bulletins' } },
    { path: '/bulletins/:id(\\d+)', name: 'bulletin', component: () => import('./pages/BulletinPage.vue'), props: (to) => ({ id: Number(to.params['id']) }), meta: { nav: 'bulletins' } },
    { path: '/rules', name: 'rules', component: () => import('./pages/RulesPage.vue') },
    { path: '/rules/draft', name: 'rules-draft', component: () => import('./pages/RulesDraftPage.vue'), meta: { nav: 'rules' } },
    { path: '/limits', name: 'limits', component: () => import('./pages/LimitPeriodsPage.vue') },
    { path: '/notices', name: 'notices', component: () => import('./pages/NoticesPage.vue') },
    { path: '/channels', name: 'channels', component: () => import('./pages/ChannelsPage.vue') },
    { path: '/wallboard', name: 'wallboard', component: () => import('./pages/WallboardPage.vue'), meta: { bare: true } },
    { path: '/account', name: 'account', component: () => import('./pages/AccountPage.vue') },
    { path: '/account/duty', name: 'duty', component: () => import('./pages/DutyPage.vue') },
    { path: '/:rest(.*)*', redirect: { name: 'issues' } },
  ],
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
})

router.beforeEach((to) => {
  if (to.name === 'handover') return takeCode(to.hash) ? { name: 'handover', replace: true } : true
  if (to.name === 'signin') return true
  if (!hasSession()) return { name: 'signin', query: { next: to.fullPath } }
  if (must.value.length > 0 && to.name !== 'duty') return { name: 'duty', query: { next: to.fullPath } }
  return true
})
