// SPDX-License-Identifier: Apache-2.0
// node scripts/api-types.mjs [--check]
// Writes src/api/schema.ts from ../api/openapi.yaml, or fails if it is out of step with it.
import { readFileSync, writeFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';

const yaml = new URL('../../api/openapi.yaml', import.meta.url);
const out = new URL('../src/api/schema.ts', import.meta.url);

const made =
  '// SPDX-License-Identifier: Apache-2.0\n' +
  '// Generated from api/openapi.yaml by `npm run api`; do not edit.\n' +
  astToString(await openapiTS(yaml));
if (process.argv.includes('--check')) {
  if (readFileSync(out, 'utf8') !== made) {
    console.error('src/api/schema.ts is out of step with api/openapi.yaml: run `npm run api`');
    process.exit(1);
  }
} else {
  writeFileSync(out, made);
  console.log('wrote src/api/schema.ts');
}
