// SPDX-License-Identifier: Apache-2.0
const TECHNOLOGY_NAMES: Record<string, string> = {
  'ai-chips': 'AI accelerators',
  'industrial-robots': 'Industrial robots',
  'electric-vehicles': 'Electric cars',
};

/** Shipped technologies in words, others as the study names them. */
export const technologyName = (technology: string) => TECHNOLOGY_NAMES[technology] ?? technology;
