// SPDX-License-Identifier: Apache-2.0
// What the pages of disruption and equilibrium read from documents of the command line
// (fixtures: world-2022e, few regions and days).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Names } from '../src/lib/contract/names';
import {
  flowBars,
  flowMatrix,
  headline,
  largestChanges,
  partBars,
  welfareBars,
} from '../src/app/pages/equilibrium/charts';
import { readEquilibrium } from '../src/app/pages/equilibrium/view';
import { whatIfToml, whatIfWords } from '../src/app/pages/equilibrium/what-if';
import {
  hardestHit,
  headline as dayHeadline,
  regionBars,
  timeSeries,
  timeTable,
} from '../src/app/pages/disruption/charts';
import { buckets, mapFrames, mean, sectorDays } from '../src/app/pages/disruption/days';
import { dailyBaseline } from '../src/app/pages/disruption/of-disrupt';
import { readDisruption, regionsByLoss } from '../src/app/pages/disruption/view';
import { readToml } from '../src/app/pages/scenario/toml/read';

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(join(__dirname, 'fixtures', name), 'utf8'));
const names = new Names({
  regions: [
    { label: 'CHN', name: 'China', members: ['CHN'] },
    { label: 'USA', name: 'United States', members: ['USA'] },
    { label: 'TWN', name: 'Taiwan', members: ['TWN'] },
  ],
  sectors: [
    { label: 'C26', name: 'Electronics' },
    { label: 'C27', name: 'Electrical' },
  ],
});

describe('disruption', () => {
  const view = readDisruption(fixture('disrupt.json'))!;

  it('adds industries up to the losses of regions', () => {
    for (const row of view.regions.filter(({ region }) => region !== 'WORLD')) {
      const path = view.paths.output!.get(row.region)!;
      expect(path).toHaveLength(16);
      // The mean over days is the loss over all days.
      expect(mean(path, 0, 16)).toBeCloseTo(row.percent.output!, 8);
    }
    expect(dailyBaseline([1, 0.9, 0.8], 30)).toBeCloseTo(100);
    expect(dailyBaseline([1, 1], 0)).toBeNull();
    expect(dailyBaseline([1.1, 0.9], 0)).toBeNull();
  });

  it('reads bands as losses, low below high', () => {
    const band = view.bands.final_use!;
    expect(view.bandRegion).toBe('CHN');
    band.low.forEach((low, i) => expect(low!).toBeLessThanOrEqual(band.high[i]!));
    const series = timeSeries(view, 'final_use', ['CHN'], names);
    expect(series.map(({ name }) => name)).toEqual(['China: median and 90 % of draws']);
    expect(timeTable(series).data[0]).toHaveLength(16);
    expect(timeSeries(view, 'output', ['CHN', 'TWN'], names)).toHaveLength(3);
  });

  it('prepares frames and cells', () => {
    const frames = mapFrames(view, 'output');
    expect(frames).toHaveLength(16);
    expect([...frames[3]!.keys()].sort()).toEqual(['CHN', 'TWN']);
    const heat = sectorDays(view, 'TWN', names, 8);
    expect(heat.sectors).toHaveLength(28);
    expect(heat.columns).toHaveLength(8);
    expect(heat.size).toBe(2);
    expect(buckets([0, 1, 2, 3, 4], 2).map(({ name }) => name)).toEqual(['0–2', '3–4']);
    expect(mean([null, 2, 4], 0, 3)).toBe(3);
    expect(mean([null], 0, 1)).toBeNull();
  });

  it('ranks regions and industries', () => {
    expect(regionsByLoss(view, 'output').at(-1)).not.toBe('CHN');
    const bars = regionBars(view, 'final_use', names, 'USD million');
    expect(bars[0]!.value!).toBeGreaterThanOrEqual(bars[1]!.value!);
    expect(bars[0]!.low).not.toBeNull();
    const hit = hardestHit(view, 'TWN', names, 'money');
    expect(hit.every(({ industry }) => industry.startsWith('TWN:'))).toBe(true);
    expect(hit[0]!.output!).toBeGreaterThanOrEqual(hit[1]!.output!);
    expect(view.bracket).toMatchObject({ region: 'CHN', best: 0 });
  });

  it('says what happens in a sentence', () => {
    expect(dayHeadline(view, names)).toMatch(/^Over 16 days, final users in China receive .* less \(nine draws in ten: /);
  });

  it('refuses what is not about days', () => {
    expect(readDisruption(fixture('equilibrium.json'))).toBeNull();
    expect(readDisruption(null)).toBeNull();
    expect(readDisruption({ schema: { name: 'linchpin.results', version: 99 } })).toBeNull();
  });
});

describe('equilibrium', () => {
  const view = readEquilibrium(fixture('equilibrium.json'))!;

  it('reads welfare with bands, losses positive in charts', () => {
    expect(view.solved).toBe(true);
    expect(view.draws).toBe(16);
    const [first] = welfareBars(view.regions, names, 'USD million');
    expect(first!.label).toBe('China');
    expect(first!.value!).toBeGreaterThan(0);
    expect(first!.low!).toBeLessThanOrEqual(first!.value!);
    expect(first!.high!).toBeGreaterThanOrEqual(first!.value!);
    expect(first!.written).toMatch(/^0\.0\d{3}/);
    expect(headline(view, names)).toMatch(/^Hardest hit: China .* Best off: Taiwan /);
  });

  it('splits a loss into parts that add up', () => {
    const china = view.regions.find(({ region }) => region === 'CHN')!;
    const sum = partBars(china).reduce((total, row) => total + (row.value ?? 0), 0);
    expect(sum).toBeCloseTo(-100 * Math.log(1 + china.welfare! / 100), 6);
  });

  it('orders trade by change and marks what stops', () => {
    const [largest] = largestChanges(view.flows, 3);
    expect(`${largest!.exporter}>${largest!.importer}`).toBe('USA>CHN');
    const [bar] = flowBars([largest!], names, { factor: 1e-3, unit: 'USD billion' }, 'USD million');
    expect(bar!.value!).toBeGreaterThan(0);
    expect(bar!.written).toMatch(/^\u2212USD/);
    const matrix = flowMatrix(view.flows, ['CHN', 'USA']);
    expect(matrix[0]![0]).toBeNull();
    expect(matrix[1]![0]!).toBeGreaterThan(0);
  });

  it('asks quick questions in files that read back', () => {
    const question = { seller: 'USA', buyer: 'CHN', sector: 'C26', policy: 'tariff', rate: 12.5, bothWays: true } as const;
    const { value } = readToml(whatIfToml(question));
    expect(value['tariff']).toEqual([
      { importers: ['CHN'], exporters: ['USA'], sectors: ['C26'], rate: 0.125 },
      { importers: ['USA'], exporters: ['CHN'], sectors: ['C26'], rate: 0.125 },
    ]);
    const words = { region: (label: string) => names.region(label), sector: 'Electronics' };
    expect(whatIfWords({ ...question, policy: 'ban', bothWays: false }, words)).toBe(
      'United States no longer sells Electronics to China',
    );
    expect(readToml(whatIfToml({ ...question, seller: 'a"\nb', policy: 'ban' })).value['ban']).toHaveLength(2);
  });
});
