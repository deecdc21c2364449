import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { handheldFiles, handheldPage } from './build/handheld.ts'
import { ownIconFont } from './build/iconFont.ts'

/** Vue, and what every page of both faces begins with. */
const CORE = /node_modules[\\/](?:@vue|vue|vue-router|vue-i18n|@intlify|openapi-fetch)[\\/]|src[\\/](?:api[\\/]|issue[\\/]due\.|session|clock|deviceName|useSending|i18n[\\/]locale|_plugin)|preload-helper|plugin-vue|rolldown[\\/]runtime|modulepreload-polyfill|favicon/
/** What both faces keep and send photos with: without the handheld's components, which would bring their styles to the console. */
const SENDING = /node_modules[\\/](?:dexie|tus-js-client|@noble)[\\/]|src[\\/]field[\\/]outbox[\\/](?:upload|answer)\./
/** What the handheld begins with, signed in or not: its outbox, its components. */
const FIELD = /node_modules[\\/](?:vant|@vant)[\\/]|src[\\/]field[\\/](?:outbox|ProblemText|ui)/

export default defineConfig({
  plugins: [ownIconFont(), handheldPage(), handheldFiles(), vue()],
  define: {
    // Messages are compiled without `eval`, which the served content policy forbids.
    __INTLIFY_JIT_COMPILATION__: true,
    __INTLIFY_DROP_MESSAGE_COMPILER__: false,
    __VUE_I18N_LEGACY_API__: false,
    __VUE_I18N_FULL_INSTALL__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
  },
  worker: { format: 'es' },
  build: {
    // The content policy has no `data:` for fonts or scripts: nothing is inlined.
    assetsInlineLimit: 0,
    // The map is one lazy chunk of about 1 MB, fetched by the detail page alone.
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      input: { console: 'index.html', handheld: 'm/index.html', guest: 'l/index.html', sw: 'src/field/worker/sw.ts' },
      output: {
        // A service worker has one address for good.
        entryFileNames: ({ name }) => (name === 'sw' ? 'm/sw.js' : 'assets/[name]-[hash].js'),
        // Every page needs these: one file instead of a dozen, each of which costs a phone a round trip.
        codeSplitting: { groups: [{ name: 'core', test: CORE }, { name: 'sending', test: SENDING }, { name: 'field', test: FIELD }] },
      },
    },
  },
  server: {
    proxy: { '/api': 'http://127.0.0.1:8080' },
  },
})
