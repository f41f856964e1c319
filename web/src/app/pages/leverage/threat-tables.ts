// SPDX-License-Identifier: Apache-2.0
// Answers about bargains, signals and sourcing as the tables a study has, for the same figures.
import type { LeverageTables } from '../../../lib/contract/leverage';
import { makeTable } from '../../lib/tables';

type Json = Record<string, unknown>;
const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const record = (value: unknown): Json => (isRecord(value) ? value : {});
const number = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : null);
const text = (value: unknown) => (typeof value === 'string' ? value : '');
const list = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
const sectorsOf = (value: unknown) => (list(value).length === 0 ? 'all' : list(value).join(', '));
/** `value`, `p05` and `p95` of a number over draws. */
const band = (value: unknown, end: 'value' | 'p05' | 'p95') => number(record(value)[end]);
const yesNo = (value: unknown) => (value === true ? 'yes' : 'no');

/** The document linchpin.leverage-bargain as the table `bargains`. */
export function bargainTables(document: unknown): LeverageTables {
  if (!isRecord(document)) return {};
  const [first, second] = [record(document['first']), record(document['second'])];
  const money = `${text(document['unit'])} per year`;
  const known = document['agreement'] !== null && document['agreement'] !== undefined;
  const flags = [
    ...(known ? [] : [`no answer: ${text(document['agreement_reason'])}`]),
    ...(document['trade'] === false ? ['no trade'] : []),
    ...[first, second].flatMap((side) => (side['costless'] === true ? [`costless for ${list(side['regions']).join('+')}`] : [])),
    ...(document['agreement'] === false ? ['no agreement'] : []),
  ];
  const sides = (
    [
      ['first', 'First', first],
      ['second', 'Second', second],
    ] as const
  ).map(([name, title, side]) => ({ name, title, side }));
  const spread = (name: string, end: string, title: string, unit: string, value: unknown) => [
    { name: `${name}${end}`, title, unit, of: () => band(value, 'value') },
    { name: `${name}_p05${end}`, title: `${title}, 5 %`, unit, of: () => band(value, 'p05') },
    { name: `${name}_p95${end}`, title: `${title}, 95 %`, unit, of: () => band(value, 'p95') },
  ];
  const bargains = makeTable<Json>(
    'bargains',
    'What an agreement is worth, and to whom',
    [
      ...sides.map(({ name, title, side }) => ({
        name,
        title,
        type: 'text' as const,
        of: () => list(side['regions']).join('+'),
      })),
      { name: 'sectors', title: 'Sectors', type: 'text', of: () => sectorsOf(document['sectors']) },
      { name: 'weight', title: 'Weight of the first', of: () => number(document['weight']) },
      ...sides.flatMap(({ name, title, side }) =>
        spread(`${name}_loss`, '_pct', `${title} loses by a break`, '%', side['loss_pct']),
      ),
      { name: 'surplus', title: 'Saved by an agreement', unit: money, of: () => band(document['surplus'], 'value') },
      ...spread('transfer', '', 'Transfer, first to second', money, document['transfer']),
      ...sides.map(({ name, title, side }) => ({
        name: `${name}_gain_pct`,
        title: `${title} gains`,
        unit: '%',
        of: () => number(side['gain_pct']),
      })),
      ...sides.map(({ name, title, side }) => ({
        name: `${name}_demand`,
        title: `${title} can demand`,
        unit: money,
        of: () => number(side['demand']),
      })),
      ...sides.map(({ name, title, side }) => ({
        name: `${name}_credible`,
        title: `${title}’s threat is credible`,
        type: 'text' as const,
        of: () => yesNo(side['credible']),
      })),
      ...sides.map(({ name, title, side }) => ({
        name: `${name}_ratio`,
        title: `Pain ratio of the ${title.toLowerCase()}`,
        of: () => band(side['pain_ratio'], 'value'),
      })),
      { name: 'flag', title: 'Flag', type: 'text', of: () => flags.join(', ') },
    ],
    [document],
  );
  return { bargains };
}

/** The document linchpin.leverage-signal as the tables `signals` and `signal_costs`. */
export function signalTables(document: unknown): LeverageTables {
  if (!isRecord(document)) return {};
  const sender = list(document['senders']).join('+');
  const range = (name: string, end: 'low' | 'high') => band(record(document[name])[end], 'value');
  const silence = record(document['silence']);
  const outcome =
    document['speaks'] === false
      ? text(document['speaks_reason'])
      : [
          ...(range('separating', 'low') === null ? [] : ['separating']),
          ...(silence['deters'] === true ? ['silence deters'] : []),
          ...(range('mixing', 'low') === null ? [] : ['mixing']),
        ].join(', ') || 'threatened whatever it does';
  const share = (name: string, title: string, of: () => number | null) => ({ name, title, unit: 'share of purchases', of });
  return {
    signals: makeTable<Json>(
      'signals',
      'What buying less today can show',
      [
        { name: 'target', title: 'Target', type: 'text' },
        { name: 'sender', title: 'Sender', type: 'text', of: () => sender },
        { name: 'sectors', title: 'Sectors', type: 'text', of: () => sectorsOf(document['sectors']) },
        { name: 'instrument', title: 'Instrument', type: 'text' },
        { name: 'belief', title: 'Belief that it is resilient' },
        { name: 'deterring_belief', title: 'Deterring belief', of: () => band(document['deterring_belief'], 'value') },
        { name: 'resilient_loss_pct', title: 'Resilient loses', of: (row) => number(row['resilient_loss']) },
        { name: 'dependent_loss_pct', title: 'Dependent loses', of: (row) => number(row['dependent_loss']) },
        { name: 'demand_pct', title: 'Demand', of: (row) => number(row['demand']) },
        share('separating_low', 'Separates from', () => range('separating', 'low')),
        share('separating_high', 'Separates up to', () => range('separating', 'high')),
        share('pooling_high', 'Pools up to', () => range('pooling', 'high')),
        share('mixing_high', 'Mixes up to', () => range('mixing', 'high')),
        { name: 'mixing_share', title: 'Dependent who signal', of: (row) => number(row['mixing_share']) },
        { name: 'signal_cost_pct', title: 'The signal costs', of: (row) => number(row['signal_cost']) },
        { name: 'outcome', title: 'Outcome', type: 'text', of: () => outcome },
      ],
      [document],
    ),
    signal_costs: makeTable<Json>(
      'signal_costs',
      'What giving up purchases costs',
      [
        { name: 'target', title: 'Target', type: 'text', of: () => text(document['target']) },
        { name: 'sender', title: 'Sender', type: 'text', of: () => sender },
        { name: 'type', title: 'Type', type: 'text' },
        { name: 'wedge_pct', title: 'Wedge', unit: '%' },
        { name: 'given_up', title: 'Given up', unit: 'share of purchases' },
        { name: 'cost_pct', title: 'Costs', unit: '%' },
      ],
      Array.isArray(document['costs']) ? document['costs'].filter(isRecord) : [],
    ),
  };
}

/** The document linchpin.leverage-frontier as the tables `frontier` and `frontier_sectors`. */
export function frontierTables(document: unknown): LeverageTables {
  if (!isRecord(document)) return {};
  const buyer = text(document['buyer']);
  const rivals = list(document['rivals']).join('+');
  const points = Array.isArray(document['points']) ? document['points'].filter(isRecord) : [];
  const sectors = points.flatMap((point) =>
    (Array.isArray(point['sectors']) ? point['sectors'].filter(isRecord) : []).map((sector) => ({
      ...sector,
      kind: point['kind'],
      mu: point['mu'],
    })),
  );
  const parties = [
    { name: 'buyer', title: 'Buyer', type: 'text' as const, of: () => buyer },
    { name: 'rivals', title: 'Rivals', type: 'text' as const, of: () => rivals },
    { name: 'kind', title: 'Point', type: 'text' as const },
    { name: 'mu', title: 'Price of exposure' },
  ];
  const percent = (value: unknown) => {
    const share = number(value);
    return share === null ? null : 100 * share;
  };
  return {
    frontier: makeTable<Json>(
      'frontier',
      'What less exposure costs',
      [
        ...parties,
        { name: 'cost_pct', title: 'Dearer by the plan', unit: '%' },
        { name: 'exposure_pct', title: 'Dearer by a denial', unit: '%' },
        { name: 'exposure_removed', title: 'Exposure removed', unit: 'share of the private one' },
        { name: 'rival_share', title: 'Share of the rivals', unit: 'share of spending' },
        { name: 'captive', title: 'Captive sectors', type: 'integer' },
      ],
      points,
    ),
    frontier_sectors: makeTable<Json>(
      'frontier_sectors',
      'Private sourcing and the plan, by sector',
      [
        ...parties,
        { name: 'sector', title: 'Sector', type: 'text' },
        { name: 'weight', title: 'Weight', unit: 'share of the cost of living' },
        { name: 'private_share', title: 'Share, private', unit: 'share of the sector' },
        { name: 'planned_share', title: 'Share, planned', unit: 'share of the sector' },
        { name: 'wedge_pct', title: 'Wedge', unit: '%', of: (row) => percent(row['wedge']) },
        { name: 'tariff_pct', title: 'Tariff', unit: '%', of: (row) => percent(row['tariff']) },
        { name: 'flag', title: 'Flag', type: 'text', of: (row) => (row['captive'] === true ? 'captive' : '') },
      ],
      sectors,
    ),
  };
}

/** The document linchpin.leverage-supply-tree as the tables of a study. */
export function supplyTreeTables(document: unknown): LeverageTables {
  if (!isRecord(document)) return {};
  const rows = (name: string) => (Array.isArray(document[name]) ? document[name].filter(isRecord) : []);
  const about = [
    { name: 'technology', title: 'Technology', type: 'text' as const, of: () => text(document['technology']) },
    { name: 'target', title: 'Target', type: 'text' as const, of: () => text(document['target']) },
  ];
  const draw = (row: Json, name: string) => number(record(row['draws'])[name]);
  return {
    supply_tree_sets: makeTable<Json>(
      'supply_tree_sets',
      'Makers whose denial makes the product dearest',
      [
        ...about,
        { name: 'links', title: 'Links', type: 'text', of: (row) => list(row['links']).join(', ') },
        { name: 'cost_pct', title: 'Dearer', unit: '%' },
        { name: 'cost_p05_pct', title: '5 %', unit: '%', of: (row) => draw(row, 'cost_p05_pct') },
        { name: 'cost_p95_pct', title: '95 %', unit: '%', of: (row) => draw(row, 'cost_p95_pct') },
        { name: 'best_share', title: 'Best set', unit: 'share of draws', of: (row) => draw(row, 'best_share') },
        { name: 'bound_pct', title: 'Bound', unit: '%' },
      ],
      rows('sets'),
    ),
    supply_tree_stages: makeTable<Json>(
      'supply_tree_stages',
      'Who holds which stage',
      [
        ...about,
        { name: 'stage', title: 'Stage', type: 'text' },
        { name: 'title', title: 'Title', type: 'text' },
        { name: 'cost_share_pct', title: 'Of the cost', unit: '%' },
        { name: 'home_share_pct', title: 'At home', unit: '%' },
        { name: 'largest', title: 'Largest maker abroad', type: 'text' },
        { name: 'largest_share_pct', title: 'Its share', unit: '%' },
        { name: 'cost_pct', title: 'Dearer without it', unit: '%' },
        {
          name: 'flag',
          title: 'Flag',
          type: 'text',
          of: (row) => (row['stops'] === true ? 'stops' : row['gates'] === true ? 'gates' : ''),
        },
      ],
      rows('stages'),
    ),
    supply_tree_actors: makeTable<Json>(
      'supply_tree_actors',
      'What each could do alone',
      [
        ...about,
        { name: 'name', title: 'Who', type: 'text' },
        { name: 'country', title: 'Country', type: 'text' },
        { name: 'cost_pct', title: 'Dearer', unit: '%' },
        { name: 'value_pct', title: 'Arises at it', unit: '%' },
        { name: 'stopped', title: 'Stops', type: 'text', of: (row) => list(row['stopped']).join(', ') },
      ],
      rows('actors'),
    ),
  };
}
