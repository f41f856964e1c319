// SPDX-License-Identifier: Apache-2.0
// Reads and packs output by industry and day beside the page.
import { readDocument } from './documents';
import { industryDays, INDUSTRY_TABLE, type Ask } from './industry-days';

interface Here {
  onmessage: ((event: MessageEvent<Ask>) => void) | null;
  postMessage: (message: unknown, transfer: Transferable[]) => void;
}
const here = self as unknown as Here;

here.onmessage = async ({ data: { run, scenario } }) => {
  try {
    const found = industryDays(await readDocument(run, [INDUSTRY_TABLE]), scenario);
    here.postMessage(found, [found.values.buffer as ArrayBuffer]);
  } catch {
    // The page asks again, and shows why.
    here.postMessage(null, []);
  }
};
