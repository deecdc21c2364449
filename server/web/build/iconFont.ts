import { readFileSync } from 'node:fs'
import type { Plugin } from 'vite'

/**
 * Vant carries its icons as a font inside the style sheet, which the content policy forbids, and names
 * a server abroad as another source. Here the font becomes a file of ours.
 */
export function ownIconFont(): Plugin {
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
