// SPDX-License-Identifier: Apache-2.0
// Sending a table to the server, and all that it finds in it.
import { address, failure, type Schemas } from '../../lib/api';
import { ApiError, GONE, fromBody, type Problem } from '../../lib/problems';

export type Upload = Schemas['Upload'];
export type Finding = Upload['findings'][number] & {
  rule: string;
  where: string;
  value: number | null;
  what: string;
  hint: string;
};

export interface UploadAnswer {
  /** The id of the stored world; null if it was not stored. */
  world: string | null;
  regions: number;
  sectors: number;
  findings: Finding[];
  /** Why it could not even be checked. */
  problem: Problem | null;
}

/** The part before the ending, with only what an id may hold. */
export function nameFromFile(file: string): string {
  return file
    .replace(/\.[^.]*(\.gz)?$/, '')
    .replace(/[^A-Za-z0-9_.-]+/g, '-')
    .replace(/^[-.]+|-+$/g, '')
    .slice(0, 40);
}

export function readUpload(document: unknown): UploadAnswer {
  const upload = document as Partial<Upload> & { error?: Schemas['ErrorBody'] };
  return {
    world: upload.world ?? null,
    regions: upload.regions ?? 0,
    sectors: upload.sectors ?? 0,
    findings: (upload.findings ?? []) as Finding[],
    problem: upload.error === undefined ? null : fromBody(upload.error),
  };
}

/** Sends the file; `onprogress` gets the share sent. XMLHttpRequest, because fetch tells no progress. */
export function upload(
  file: Blob,
  ask: { name: string; format?: string },
  onprogress: (share: number) => void,
): { answer: Promise<UploadAnswer>; abort: () => void } {
  const request = new XMLHttpRequest();
  const answer = new Promise<UploadAnswer>((resolve, reject) => {
    request.open(
      'POST',
      address('/api/v1/worlds', {
        query: { name: ask.name || undefined, format: ask.format || undefined },
      }),
    );
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.upload.onprogress = ({ loaded, total }) => onprogress(total > 0 ? loaded / total : 0);
    request.onerror = () => reject(new ApiError(GONE, 0));
    request.onabort = () => reject(new DOMException('stopped', 'AbortError'));
    request.onload = () => {
      // Findings come with 201 (stored) and 422 (not stored) alike.
      if (request.status === 201 || request.status === 422)
        try {
          return resolve(readUpload(JSON.parse(request.responseText)));
        } catch {
          // Not JSON: the words below say so.
        }
      const headers = new Headers();
      const after = request.getResponseHeader('Retry-After');
      if (after !== null) headers.set('Retry-After', after);
      const status = request.status >= 200 ? request.status : 500;
      void failure(new Response(request.responseText, { status, headers })).then(reject);
    };
    request.send(file);
  });
  return { answer, abort: () => request.abort() };
}
