import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import tailwindcss from '@tailwindcss/vite'
import vue from '@vitejs/plugin-vue'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'
import { proxyTo } from './proxy.ts'

const controller = process.env.RONDO_URL ?? 'http://127.0.0.1:5000'
const outDir = '../target/webroot'

/** Writes a .gz and a .br beside every text file of the build, so that the server never compresses. */
function precompress(): Plugin {
  const compress = (folder: string): void => {
    for (const name of readdirSync(folder)) {
      const path = join(folder, name)
      if (statSync(path).isDirectory()) compress(path)
      else if (/\.(js|css|html|svg)$/.test(name)) {
        const bytes = readFileSync(path)
        writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }))
        writeFileSync(`${path}.br`, brotliCompressSync(bytes))
      }
    }
  }
  // Not when the bundle is closed, as it is after a failure too, which a missing folder would then hide.
  return { name: 'precompress', apply: 'build', writeBundle: () => compress(outDir) }
}

/** Writes into the page which build it is of: a name made from those of the files, which are hashes. */
function nameBuild(): Plugin {
  return {
    name: 'name-build',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle }) {
        const files = Object.keys(bundle ?? {}).toSorted()
        const content = createHash('sha256').update(html).update(files.join()).digest('hex')
        const attrs = { name: 'rondo-build', content: content.slice(0, 12) }
        return [{ tag: 'meta', attrs, injectTo: 'head' }]
      },
    },
  }
}

/** What sockjs-client brings for browsers of 2012, which cannot show this page: 3 kB. */
function withoutOldBrowsers(): Plugin {
  const stubs: readonly (readonly [RegExp, string])[] = [
    [/sockjs-client\/lib\/shims\.js$/, ''],
    [/sockjs-client\/lib\/iframe-bootstrap\.js$/, 'module.exports = () => {}'],
    [/sockjs-client\/lib\/info-iframe\.js$/, 'module.exports = { enabled: () => false }'],
    [/sockjs-client\/lib\/transport\/sender\/(xdr|xhr-fake)\.js$/, 'module.exports = {}'],
  ]
  return {
    name: 'without-old-browsers',
    enforce: 'pre',
    load: (id) => stubs.find(([file]) => file.test(id))?.[1] ?? null,
  }
}

export default defineConfig({
  base: './',
  plugins: [withoutOldBrowsers(), vue(), tailwindcss(), nameBuild(), precompress()],
  resolve: {
    alias: [
      {
        find: /^sockjs-client$/,
        replacement: fileURLToPath(new URL('src/cluster/sockjs.cjs', import.meta.url)),
      },
    ],
  },
  // sockjs-client speaks of Node's global.
  define: {
    global: 'globalThis',
    __VUE_OPTIONS_API__: 'false',
    __VUE_PROD_DEVTOOLS__: 'false',
  },
  build: { outDir, emptyOutDir: true, target: 'es2022', modulePreload: { polyfill: false } },
  server: { proxy: proxyTo(controller) },
  test: { include: ['test/**/*.test.ts'] },
})
