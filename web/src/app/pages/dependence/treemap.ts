// SPDX-License-Identifier: Apache-2.0
// Supplying industries as areas, grouped by region.
import { estimatedDecal, isNarrow, lineStyle, type ChartEnv } from '../../../lib/charts/look';
import { textStyle, tooltipFrame } from '../../../lib/charts/parts';
import type { ChartOption } from '../../../lib/charts/setup';
import { tooltip } from '../../../lib/format/escape';
import { formatPercent } from '../../../lib/format/numbers';
import type { leaves } from './view';

type Groups = ReturnType<typeof leaves>;

export function treemapHeight(env: ChartEnv): number {
  return isNarrow(env) ? 360 : 420;
}

export function treemap(groups: Groups, estimated: boolean, env: ChartEnv): ChartOption {
  const { look } = env;
  // White on the light theme's colours, black on the dark theme's: both above 4.5:1.
  const ink = look.surface;
  const decal = estimated ? { decal: { ...estimatedDecal(look), color: 'rgba(0,0,0,0.08)' } } : {};
  return {
    animation: false,
    textStyle: textStyle(env),
    tooltip: {
      ...tooltipFrame(env),
      formatter: (params: unknown) => {
        const { data } = params as { data: { name?: string; value: number; region?: string } };
        // The ground between the groups is an item, too.
        if (data.name === undefined) return '';
        const title = data.region === undefined ? data.name : `${data.region}: ${data.name}`;
        return tooltip(title, [{ label: '% of the buyer’s output', value: formatPercent(data.value) }]);
      },
    },
    series: [
      {
        type: 'treemap',
        left: 0,
        right: 0,
        top: 0,
        bottom: 0,
        roam: false,
        nodeClick: false,
        breadcrumb: { show: false },
        upperLabel: { show: true, height: 22, color: ink, fontWeight: 600 },
        label: { color: ink, overflow: 'truncate', fontSize: 12, lineHeight: 16 },
        itemStyle: { borderColor: look.surface, borderWidth: 1, gapWidth: 1 },
        levels: [{ itemStyle: { borderWidth: 0, gapWidth: 3 } }, {}],
        data: groups.map((group, n) => {
          const { color } = lineStyle(look, n);
          return {
            name: group.name,
            value: group.value,
            itemStyle: { color, borderColor: color },
            children: group.leaves.map((leaf) => ({
              name: leaf.name,
              value: leaf.value,
              region: group.name,
              label: { formatter: () => `${leaf.name}\n${formatPercent(leaf.value)}` },
              supplier: leaf.label,
              itemStyle: { color, ...decal },
            })),
          };
        }),
      },
    ],
  };
}
