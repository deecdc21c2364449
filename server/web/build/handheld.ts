import { createHash } from 'node:crypto'
import type { Plugin } from 'vite'

/** What a phone needs beside the built files. */
const FIXED = ['/m/', '/favicon.svg', '/m/manifest.webmanifest', '/m/icon-192.png']

interface Built {
  type: 'chunk' | 'asset'
  fileName: string
  name?: string
  code?: string
  isEntry?: boolean
  imports?: string[]
  dynamicImports?: string[]
  viteMetadata?: { importedCss: Set<string>; importedAssets: Set<string> }
}

/** The handheld's own files: what its entry imports, now or later, and the workers that it starts. */
function filesOf(bundle: Record<string, Built>): string[] {
  const entry = Object.values(bundle).find(({ type, isEntry, name }) => type === 'chunk' && isEntry === true && name === 'handheld')
  const found = new Set<string>()
  const visit = (file: string): void => {
    if (found.has(file)) return
    found.add(file)
    const { imports = [], dynamicImports = [], viteMetadata } = bundle[file] ?? {}
    for (const next of [...imports, ...dynamicImports, ...(viteMetadata?.importedCss ?? []), ...(viteMetadata?.importedAssets ?? [])]) visit(next)
  }
  if (entry) visit(entry.fileName)
  for (const { type, fileName } of Object.values(bundle)) if (type === 'asset' && /orker.*\.js$|icons.*\.woff2$/.test(fileName)) found.add(fileName)
  return [...FIXED, ...[...found].filter((file) => file.startsWith('assets/')).sort().map((file) => `/${file}`)]
}

/**
 * Tells the service worker which files the handheld has, so that a phone holds all of one build: they
 * are named in the worker itself, whose bytes therefore change with every build. `m/files.json` tells
 * the pages the same, for web views that have no service worker.
 */
export function handheldFiles(): Plugin {
  return {
    name: 'handheld-files',
    enforce: 'post',
    generateBundle(_options, output) {
      const bundle = output as unknown as Record<string, Built>
      const files = filesOf(bundle)
      const page = output['m/index.html']
      const start = page?.type === 'asset' ? String(page.source) : ''
      const version = createHash('sha256').update([start, ...files].join('\n')).digest('hex').slice(0, 16)
      const worker = bundle['m/sw.js']
      if (worker?.code === undefined) throw new Error('no service worker was built')
      worker.code = worker.code.replace(/(["'`])__FILES__\1/, JSON.stringify(JSON.stringify(files))).replace('__VERSION__', version)
      this.emitFile({ type: 'asset', fileName: 'm/files.json', source: JSON.stringify({ version, files }) })
    },
  }
}

/** In development, as in the program: every address of the handheld starts from its own page. */
export function handheldPage(): Plugin {
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
