// SPDX-License-Identifier: Apache-2.0
// Which sectors of a world are goods, as far as their labels say so.
interface Labelled {
  label: string;
}

/** Sectors that are farmed, mined or made (ISIC A to C); all, where labels do not say. */
export function goodsOf(sectors: readonly Labelled[]): string[] {
  const labels = sectors.map(({ label }) => label);
  const isic = labels.filter((label) => /^[A-U]\d/.test(label));
  if (isic.length < labels.length / 2) return labels;
  return labels.filter((label) => /^[A-C]\d/.test(label));
}
