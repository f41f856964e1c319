// SPDX-License-Identifier: Apache-2.0
// Lines with bands are drawn by report and application alike.
export * from '../../../lib/charts/band-lines';
