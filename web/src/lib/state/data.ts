// SPDX-License-Identifier: Apache-2.0
// What figures and tables say about the data they show, handed down once by the page.
import { getContext, setContext } from 'svelte';
import type { Names } from '../contract/names';

/** Members may be getters: an application changes its world, so read them where they are used. */
export interface DataContext {
  readonly names: Names;
  /** Unit, price basis, year and source of the data; under every figure. */
  readonly vintage: string;
  readonly moneyUnit: string;
  readonly estimated: boolean;
}

const KEY = Symbol('data');

export function provideData<T extends DataContext>(context: T): T {
  return setContext(KEY, context);
}

export function useData(): DataContext {
  return getContext<DataContext>(KEY);
}
