// SPDX-License-Identifier: Apache-2.0
// Events of the daily model (docs/formats/study.md).
import {
  choice,
  EXEMPT,
  role,
  sectors,
  share,
  SPAN,
  USES,
  type EventSpec,
  type FieldSpec,
} from './event-types';

export const DAILY: readonly EventSpec[] = [
  {
    type: 'cut',
    family: 'daily',
    title: 'Cut-off',
    about: 'Sellers stop delivering to buyers.',
    roles: [role('sellers', 'Senders'), role('buyers', 'Targets')],
    fields: [sectors(), share('Severity, %', 'share of orders no longer booked'), ...SPAN, USES, EXEMPT],
    time: 'span',
  },
  {
    type: 'import_ban',
    family: 'daily',
    title: 'Import ban',
    about: 'Buyers refuse what sellers would deliver.',
    roles: [role('sellers', 'Sellers refused'), role('buyers', 'Who refuses')],
    fields: [sectors(), share('Severity, %'), ...SPAN, USES, EXEMPT],
    time: 'span',
  },
  {
    type: 'closure',
    family: 'daily',
    title: 'Closed way',
    about: 'A port, a strait, a border: deliveries both ways stop.',
    roles: [
      { key: 'between', side: 0, word: 'One side', adds: 'region' },
      { key: 'between', side: 1, word: 'Other side', adds: 'region' },
    ],
    fields: [sectors(), share('Severity, %'), ...SPAN, EXEMPT],
    time: 'span',
  },
  {
    type: 'retaliation',
    family: 'daily',
    title: 'Retaliation',
    about: 'Who is cut off, cuts off in turn.',
    roles: [],
    fields: [
      { key: 'when', label: 'Once … acts against …', kind: 'pair', required: true, hint: 'the second one answers' },
      { key: 'after_days', label: 'After days', kind: 'day', otherwise: '0', min: 0 },
      {
        key: 'answer',
        label: 'The answer',
        kind: 'choice',
        options: [
          { value: '', text: 'stops delivering' },
          { value: 'import_ban', text: 'stops buying' },
        ],
      },
      sectors(),
      share('Severity, %'),
      EXEMPT,
    ],
    time: 'none',
  },
  {
    type: 'capacity_loss',
    family: 'daily',
    title: 'Lost capacity',
    about: 'Industries can make less for a while.',
    roles: [role('industries', 'Hit', 'industries')],
    fields: [
      { key: 'industries', label: 'Industries', kind: 'industries', required: true, hint: 'TWN:C26, TWN:*, or *:C26' },
      share('Capacity lost, %'),
      ...SPAN,
    ],
    time: 'span',
  },
  {
    type: 'labour_shock',
    family: 'daily',
    title: 'Workers away',
    about: 'A share of the workers of industries is away.',
    roles: [role('industries', 'Hit', 'industries')],
    fields: [
      { key: 'industries', label: 'Industries', kind: 'industries', required: true, hint: 'TWN:C26, TWN:*, or *:C26' },
      share('Workers away, %'),
      ...SPAN,
    ],
    time: 'span',
  },
  {
    type: 'capital_loss',
    family: 'daily',
    title: 'Destroyed capital',
    about: 'Part of the capital is destroyed on a day and rebuilt.',
    roles: [role('industries', 'Hit', 'industries')],
    fields: [
      { key: 'industries', label: 'Industries', kind: 'industries', required: true, hint: 'TWN:C26, TWN:*, or *:C26' },
      { ...share('Capital destroyed, %'), required: true, otherwise: '' },
      { key: 'day', label: 'On day', kind: 'day', otherwise: '0', min: 0 },
      { key: 'rebuild_days', label: 'Rebuilt over, days', kind: 'day', otherwise: '60', min: 1 },
    ],
    time: 'instant',
  },
  {
    type: 'demand_shift',
    family: 'daily',
    title: 'Shift of demand',
    about: 'Final users want more or less.',
    roles: [role('regions', 'Whose users')],
    fields: [
      sectors(),
      { key: 'change', label: 'Change, %', kind: 'percent', required: true, hint: '-30 is 30 % less', min: -100, max: 100 },
      ...SPAN,
    ],
    time: 'span',
  },
  {
    type: 'reserve',
    family: 'daily',
    title: 'Stockpile',
    about: 'Stocks held for the case.',
    roles: [{ ...role('regions', 'Holders'), alias: 'region' }],
    fields: [
      { key: 'products', label: 'Products', kind: 'sectors', required: true },
      { key: 'days', label: 'Size, days of use', kind: 'number', required: true, min: 0 },
      { key: 'release_per_day', label: 'Most released a day, days of use', kind: 'number', otherwise: '1', min: 0 },
      { key: 'from_day', label: 'Usable from day', kind: 'day', otherwise: '0', min: 0 },
    ],
    time: 'start',
  },
];

/** A few parameters of the daily model; all others by the text. Points lead into tables. */
export const DAILY_MODEL: readonly FieldSpec[] = [
  choice(
    'order_rule',
    'Orders',
    ['', 'move to those who still book (reweighted)'],
    ['fixed', 'keep to base-year shares (fixed)'],
    ['available', 'move to those who could produce (available)'],
  ),
  { key: 'inventory_days.goods', label: 'Stocks of goods, days', kind: 'number', otherwise: '90', min: 0 },
  { key: 'inventory_days.services', label: 'Stocks of services, days', kind: 'number', otherwise: '3', min: 0 },
  { key: 'tau_inventory_days', label: 'Stocks refilled over, days', kind: 'number', otherwise: '60', min: 0 },
  { key: 'overproduction_max', label: 'Ceiling of capacity', kind: 'number', otherwise: '1.25', min: 1 },
];
