// SPDX-License-Identifier: Apache-2.0
// Packs the built application into one file, which the library embeds and `linchpin serve` hands out.
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** One file of the pack. Offsets count from the byte after the first newline of the pack. */
export interface PackEntry {
  /** As asked for over HTTP; the page itself is `/`. */
  path: string;
  type: string;
  offset: number;
  size: number;
  gzip_offset: number;
  gzip_size: number;
  /** Hexadecimal, without quotes. */
  etag: string;
}

const TYPES: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json',
  svg: 'image/svg+xml',
  png: 'image/png',
  webp: 'image/webp',
  woff2: 'font/woff2',
};

/** The first line is a JSON array of entries; the bytes follow, each file raw and gzipped. */
export function pack(files: readonly { path: string; content: Buffer }[]): Buffer {
  const parts: Buffer[] = [];
  let end = 0;
  const add = (bytes: Buffer) => {
    const offset = end;
    parts.push(bytes);
    end += bytes.length;
    return offset;
  };
  const entries = [...files]
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map(({ path, content }): PackEntry => {
      const type = TYPES[path === '/' ? 'html' : (path.split('.').pop() ?? '')];
      if (type === undefined) throw new Error(`${path}: no content type is known for it`);
      const zipped = gzipSync(content, { level: 9 });
      // The operating system in the gzip header would make builds differ between machines.
      zipped[9] = 255;
      return {
        path,
        type,
        offset: add(content),
        size: content.length,
        gzip_offset: add(zipped),
        gzip_size: zipped.length,
        etag: createHash('sha256').update(content).digest('hex').slice(0, 32),
      };
    });
  return Buffer.concat([Buffer.from(`${JSON.stringify(entries)}\n`), ...parts]);
}

/** Replaces all files of the build by `app.pack`. */
export function appPack(): Plugin {
  return {
    name: 'linchpin-app-pack',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      // After Vite's own last steps, which fill in what chunks preload.
      order: 'post',
      handler(_options, bundle) {
        const files = Object.values(bundle).map((file) => ({
          path: file.fileName.endsWith('index.html') ? '/' : `/${file.fileName}`,
          content: Buffer.from(file.type === 'chunk' ? file.code : file.source),
        }));
        for (const { path, content } of files)
          if (content.includes('__VITE_')) this.error(`${path} is not finished`);
        for (const name of Object.keys(bundle)) delete bundle[name];
        const source = pack(files);
        this.emitFile({ type: 'asset', fileName: 'app.pack', source });
        const scripts = files.filter(({ path }) => path.endsWith('.js'));
        const zipped = scripts.reduce((sum, { content }) => sum + gzipSync(content).length, 0);
        this.info(`${files.length} files; scripts ${Math.round(zipped / 1024)} KiB gzipped`);
      },
    },
  };
}
