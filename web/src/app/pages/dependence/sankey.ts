// SPDX-License-Identifier: Apache-2.0
// Tiers of supply as a flow diagram, from the third tier on the left to the buyer on the right.
import { isNarrow, lineStyle, type ChartEnv } from '../../../lib/charts/look';
import { textStyle, tooltipFrame } from '../../../lib/charts/parts';
import type { ChartOption } from '../../../lib/charts/setup';
import type { Names } from '../../../lib/contract/names';
import { tooltip } from '../../../lib/format/escape';
import { formatPercent } from '../../../lib/format/numbers';
import type { Tiers } from './answer';

/** A region of this name cannot be: labels have no spaces at their ends. */
const OTHERS = ' others ';

export interface TierFlow {
  tier: number;
  from: string;
  to: string;
  /** Percent of the buyer's output. */
  value: number;
}

export interface TierView {
  flows: TierFlow[];
  /** Regions that are drawn by name, the largest first. */
  named: string[];
  depth: number;
}

/** The flows to draw: the largest regions by name, all else together. */
export function tierView(tiers: Tiers, home: string, domestic: boolean, most = 7): TierView {
  const kept = tiers.flows.filter((flow) => domestic || flow.from !== home);
  const sizes = new Map<string, number>();
  for (const { from, value } of kept) sizes.set(from, (sizes.get(from) ?? 0) + value);
  const named = [...sizes]
    .filter(([region]) => region !== home)
    .sort((a, b) => b[1] - a[1])
    .slice(0, most)
    .map(([region]) => region);
  const keep = new Set([...named, home]);
  const short = (region: string) => (keep.has(region) ? region : OTHERS);
  const sums = new Map<string, TierFlow>();
  for (const { tier, from, to, value } of kept) {
    const flow = { tier, from: short(from), to: tier === 1 ? to : short(to), value: 0 };
    const key = `${tier} ${flow.from} ${flow.to}`;
    const found = sums.get(key) ?? flow;
    found.value += 100 * value;
    sums.set(key, found);
  }
  return {
    flows: [...sums.values()].filter(({ value }) => value > 0),
    named: [home, ...named],
    depth: tiers.flows.reduce((deepest, { tier }) => Math.max(deepest, tier), 0),
  };
}

export function regionName(region: string, names: Names): string {
  return region === OTHERS ? 'All other regions' : names.region(region);
}

export function sankey(view: TierView, buyer: string, names: Names, env: ChartEnv): ChartOption {
  const colour = (region: string) => {
    const at = view.named.indexOf(region);
    return at < 0 ? env.look.muted : lineStyle(env.look, at).color;
  };
  const buyerName = names.forColumn('buyer', buyer);
  const id = (tier: number, region: string) => (tier === 0 ? 'buyer' : `${tier} ${region}`);
  const nodes = new Map<string, { tier: number; region: string }>([['buyer', { tier: 0, region: '' }]]);
  for (const { tier, from, to } of view.flows) {
    nodes.set(id(tier, from), { tier, region: from });
    if (tier > 1) nodes.set(id(tier - 1, to), { tier: tier - 1, region: to });
  }
  const nameOf = (node: { tier: number; region: string } | undefined) =>
    node === undefined || node.tier === 0 ? buyerName : regionName(node.region, names);
  return {
    animation: false,
    textStyle: textStyle(env),
    tooltip: {
      ...tooltipFrame(env),
      formatter: (params: unknown) => {
        const { dataType, data, value, name } = params as {
          dataType?: string;
          data: { tier?: number; source?: string; target?: string };
          value: number;
          name: string;
        };
        if (dataType === 'edge')
          return tooltip(`Tier ${data.tier ?? ''}`, [
            {
              label: `${nameOf(nodes.get(data.source ?? ''))} to ${nameOf(nodes.get(data.target ?? ''))}`,
              value: formatPercent(value),
            },
          ]);
        const node = nodes.get(name);
        const where = node === undefined || node.tier === 0 ? 'buyer' : `tier ${node.tier}`;
        return tooltip(`${nameOf(node)}, ${where}`, [
          { label: 'Deliveries drawn, % of output', value: formatPercent(value) },
        ]);
      },
    },
    series: [
      {
        type: 'sankey',
        left: 4,
        top: 8,
        bottom: 8,
        right: isNarrow(env) ? 92 : 150,
        nodeWidth: 12,
        nodeGap: isNarrow(env) ? 6 : 9,
        draggable: false,
        emphasis: { focus: 'adjacency' },
        data: [...nodes].map(([name, node]) => ({
          name,
          depth: view.depth - node.tier,
          // Nothing stands above or below the buyer, whose name may be long.
          ...(node.tier === 0 ? { label: { overflow: 'break' as const, lineHeight: 15 } } : {}),
          itemStyle: { color: node.tier === 0 ? env.look.ink : colour(node.region), borderWidth: 0 },
        })),
        links: view.flows.map(({ tier, from, to, value }) => ({
          source: id(tier, from),
          target: id(tier - 1, tier === 1 ? '' : to),
          value,
          tier,
          lineStyle: { color: colour(from), opacity: 0.35 },
        })),
        label: {
          color: env.look.ink,
          fontSize: isNarrow(env) ? 10 : 12,
          width: isNarrow(env) ? 84 : 140,
          overflow: 'truncate',
          formatter: (params) => nameOf(nodes.get(String((params as { name: string }).name))),
        },
      },
    ],
  };
}
