// SPDX-License-Identifier: Apache-2.0
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vite';
import { appPack } from './plugins/app-pack';

/** While developing, `/` is the application, as the server has it. */
function appAtRoot(): Plugin {
  return {
    name: 'linchpin-app-at-root',
    apply: 'serve',
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        if (request.url === '/' || request.url?.startsWith('/?')) request.url = '/app/index.html';
        next();
      });
    },
  };
}

/** The server to develop against; it accepts only its own name as Host and Origin. */
const target = process.env.LINCHPIN_SERVER ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [svelte(), appAtRoot(), appPack()],
  server: {
    host: '127.0.0.1',
    proxy: {
      '/api': {
        target,
        changeOrigin: true,
        configure: (proxy) =>
          proxy.on('proxyReq', (request) => {
            if (request.getHeader('origin') !== undefined) request.setHeader('origin', target);
          }),
      },
    },
  },
  build: {
    outDir: 'dist/app',
    target: 'es2020',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 800,
    reportCompressedSize: false,
    rollupOptions: { input: 'app/index.html' },
  },
});
