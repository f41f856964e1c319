// SPDX-License-Identifier: Apache-2.0
// Choices of a comparison in the address.
import { router } from '../../../lib/router.svelte';

/** Which variant of a run is compared. */
export const variantParam = (run: number) => `v${run}`;

export const wishedVariant = (run: number) => router.param(variantParam(run));
