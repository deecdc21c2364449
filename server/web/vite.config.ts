import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { handheldFiles, handheldPage } from './build/handheld.ts'
import { ownIconFont } from './build/iconFont.ts'

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
    rollupOptions: {
      input: { console: 'index.html', handheld: 'm/index.html', sw: 'src/field/worker/sw.ts' },
      // A service worker has one address for good.
      output: { entryFileNames: ({ name }) => (name === 'sw' ? 'm/sw.js' : 'assets/[name]-[hash].js') },
    },
  },
  server: {
    proxy: { '/api': 'http://127.0.0.1:8080' },
  },
})
