// SPDX-License-Identifier: Apache-2.0
import type { HeatRows } from '../../disruption/days';

/** The same rows in the same order for all: as the first has them, then what only others have. */
export function alike(heats: readonly HeatRows[]): HeatRows[] {
  const order = [...new Set(heats.flatMap(({ sectors }) => sectors))];
  return heats.map((heat) => {
    const own = new Map(heat.sectors.map((sector, i) => [sector, heat.values[i] ?? []]));
    return {
      ...heat,
      sectors: order,
      values: order.map((sector) => own.get(sector) ?? heat.columns.map(() => null)),
    };
  });
}
