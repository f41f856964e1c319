// SPDX-License-Identifier: Apache-2.0
// Policies of trade scenarios (docs/formats/trade-scenario.md).
import { choice, role, sectors, type EventSpec, type FieldSpec } from './event-types';

export const TRADE: readonly EventSpec[] = [
  {
    type: 'ban',
    family: 'trade',
    title: 'Ban',
    about: 'Nothing is delivered any more.',
    roles: [role('sellers', 'Sellers'), role('buyers', 'Buyers')],
    fields: [
      sectors(),
      {
        key: 'left',
        label: 'Weight left, %',
        kind: 'percent',
        otherwise: '0 %',
        hint: 'of the sellers among origins',
        min: 0,
        max: 100,
      },
    ],
    time: 'none',
  },
  {
    type: 'tariff',
    family: 'trade',
    title: 'Tariff',
    about: 'The importer levies a share of the value at the border.',
    roles: [role('importers', 'Levied by'), role('exporters', 'On goods from')],
    fields: [
      sectors(),
      { key: 'rate', label: 'New tariff, %', kind: 'percent', hint: 'or the rise below', min: -100 },
      { key: 'add', label: 'Rise, percentage points', kind: 'percent' },
    ],
    time: 'none',
  },
  {
    type: 'export_tax',
    family: 'trade',
    title: 'Export tax',
    about: 'The exporter levies a share of the maker’s price.',
    roles: [role('exporters', 'Levied by'), role('importers', 'On goods to')],
    fields: [sectors(), { key: 'rate', label: 'Tax, %', kind: 'percent', required: true }],
    time: 'none',
  },
  {
    type: 'iceberg',
    family: 'trade',
    title: 'Trade costs',
    about: 'Trading becomes dearer; nobody receives the money.',
    roles: [role('importers', 'Importers'), role('exporters', 'Exporters')],
    fields: [
      sectors(),
      {
        key: 'factor',
        label: 'Costs times',
        kind: 'number',
        required: true,
        hint: '1.25 is a quarter more',
        min: 0,
      },
    ],
    time: 'none',
  },
  {
    type: 'quota',
    family: 'trade',
    title: 'Quota',
    about: 'Real deliveries are limited.',
    roles: [role('importers', 'Importers'), role('exporters', 'Exporters')],
    fields: [
      sectors(),
      { key: 'limit', label: 'Limit, times the base', kind: 'number', required: true, min: 0 },
      {
        key: 'rents',
        label: 'Rents go to',
        kind: 'choice',
        options: [
          { value: '', text: 'the exporter' },
          { value: 'importer', text: 'the importer' },
          { value: 'nobody', text: 'nobody' },
        ],
      },
    ],
    time: 'none',
  },
  {
    type: 'subsidy',
    family: 'trade',
    title: 'Subsidy',
    about: 'The government of the maker pays a share of cost.',
    roles: [role('industries', 'Whose industries', 'industries')],
    fields: [
      { key: 'industries', label: 'Industries', kind: 'industries', required: true, hint: 'CHN:C26, CHN:*' },
      { key: 'rate', label: 'Subsidy, % of cost', kind: 'percent', required: true, max: 99 },
    ],
    time: 'none',
  },
  {
    type: 'productivity',
    family: 'trade',
    title: 'Productivity',
    about: 'Output per input changes.',
    roles: [role('industries', 'Whose industries', 'industries')],
    fields: [
      { key: 'industries', label: 'Industries', kind: 'industries', required: true, hint: 'CHN:C26, CHN:*' },
      { key: 'factor', label: 'Output times', kind: 'number', required: true, min: 0 },
    ],
    time: 'none',
  },
];

export const TRADE_MODEL: readonly FieldSpec[] = [
  { key: 'horizon_years', label: 'Years after the change', kind: 'number', otherwise: 'the long run', min: 0 },
  choice('model', 'Model', ['', 'Cobb–Douglas (cp)'], ['ces', 'nested (ces)']),
  choice(
    'factors.kind',
    'Workers and capital',
    ['', 'move between industries'],
    ['specific', 'stay (the short run)'],
  ),
  choice(
    'deficits.rule',
    'Trade deficits',
    ['', 'zero in the base'],
    ['keep', 'stay (keep)'],
    ['scale_to_world_income', 'a share of world spending'],
  ),
];
