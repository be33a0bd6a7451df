import { createRouter, createWebHashHistory } from 'vue-router'
import ConsolePage from './pages/ConsolePage.vue'
import OverviewPage from './pages/OverviewPage.vue'
import { titleOf } from './places'

export const router = createRouter({
  history: createWebHashHistory(),
  routes: [
    { path: '/', name: 'overview', component: OverviewPage },
    {
      path: '/ring',
      name: 'ring',
      component: () => import('./pages/RingPage.vue'),
      meta: { title: 'Ring' },
    },
    {
      path: '/nodes',
      name: 'nodes',
      component: () => import('./pages/NodesPage.vue'),
      meta: { title: 'Nodes' },
    },
    {
      path: '/nodes/:id(\\d+)',
      name: 'node',
      component: () => import('./pages/NodePage.vue'),
      meta: { title: 'Node' },
    },
    {
      path: '/keys/:key?',
      name: 'keys',
      component: () => import('./pages/KeysPage.vue'),
      meta: { title: 'Keys' },
    },
    // It serves without the controller too, from whom it could not be loaded then.
    { path: '/console', name: 'console', component: ConsolePage, meta: { title: 'Console' } },
    {
      path: '/metrics',
      name: 'metrics',
      component: () => import('./pages/MetricsPage.vue'),
      meta: { title: 'Metrics' },
    },
    {
      path: '/activity',
      name: 'activity',
      component: () => import('./pages/ActivityPage.vue'),
      meta: { title: 'Activity' },
    },
    {
      path: '/docs',
      name: 'docs',
      component: () => import('./pages/DocsPage.vue'),
      meta: { title: 'API docs' },
    },
    {
      path: '/settings',
      name: 'settings',
      component: () => import('./pages/SettingsPage.vue'),
      meta: { title: 'Settings' },
    },
    { path: '/:rest(.*)', redirect: '/' },
  ],
})

router.afterEach((to) => {
  document.title = titleOf(to.meta.title)
})
