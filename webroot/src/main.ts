import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { useCluster } from './cluster/store'
import { router } from './router'
import './styles.css'
import { followSystem } from './theme'

const app = createApp(App)
app.use(createPinia())
app.use(router)
useCluster().start()
followSystem()
app.mount('#app')
