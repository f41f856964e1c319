// SPDX-License-Identifier: Apache-2.0
// Chart tooltips are HTML strings; everything that goes into one passes through here.

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

export interface TipRow {
  label: string;
  value: string;
}

/** Title and rows, escaped. The one place that builds tooltip HTML. */
export function tooltip(title: string, rows: readonly TipRow[]): string {
  const body = rows
    .map(
      (row) =>
        `<span class="tip-row"><span>${escapeHtml(row.label)}</span>` +
        `<b>${escapeHtml(row.value)}</b></span>`,
    )
    .join('');
  return `<span class="tip-title">${escapeHtml(title)}</span>${body}`;
}
