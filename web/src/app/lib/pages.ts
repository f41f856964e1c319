// SPDX-License-Identifier: Apache-2.0
// The pages, each loaded when it is first opened.
import type { Component } from 'svelte';
import type { PageName } from './router.svelte';

type Loader = () => Promise<{ default: Component }>;

export const LOADERS: Record<PageName, Loader> = {
  overview: () => import('../pages/overview/Page.svelte'),
  dependence: () => import('../pages/dependence/Page.svelte'),
  scenario: () => import('../pages/scenario/Page.svelte'),
  disruption: () => import('../pages/disruption/Page.svelte'),
  equilibrium: () => import('../pages/equilibrium/Page.svelte'),
  autonomy: () => import('../pages/autonomy/Page.svelte'),
  leverage: () => import('../pages/leverage/Page.svelte'),
  runs: () => import('../pages/runs/Page.svelte'),
};
