import { readFileSync } from 'node:fs'
import vue from '@vitejs/plugin-vue'
import { defineConfig, type Plugin } from 'vite'

/**
 * Vant carries its icons as a font inside the style sheet, which the content policy forbids, and names
 * a server abroad as another source. Here the font becomes a file of ours.
 */
function ownIconFont(): Plugin {
  let serving = false
  return {
    name: 'own-icon-font',
    enforce: 'pre',
    configResolved(config) {
      serving = config.command === 'serve'
    },
    load(id) {
      const file = id.split('?')[0] ?? ''
      if (serving || !file.endsWith('vant/es/icon/index.css')) return null
      const css = readFileSync(file, 'utf8')
      const font = /data:font\/woff2;charset=utf-8;base64,([A-Za-z0-9+/=]+)/.exec(css)?.[1]
      if (font === undefined) throw new Error('Vant keeps its icons otherwise now')
      const name = this.emitFile({ type: 'asset', name: 'icons.woff2', source: Buffer.from(font, 'base64') })
      return css.replace(/src:url\([^}]*\}/, `src:url(/${this.getFileName(name)}) format("woff2")}`)
    },
  }
}

/** In development, as in the program: every address of the handheld starts from its own page. */
function handheldPage(): Plugin {
  return {
    name: 'handheld-page',
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        const path = request.url?.split('?')[0] ?? ''
        if (/^\/m(\/[^.]*)?$/.test(path)) request.url = '/m/index.html'
        next()
      })
    },
  }
}

export default defineConfig({
  plugins: [ownIconFont(), handheldPage(), vue()],
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
    rollupOptions: { input: { console: 'index.html', handheld: 'm/index.html' } },
  },
  server: {
    proxy: { '/api': 'http://127.0.0.1:8080' },
  },
})
