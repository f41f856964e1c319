// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "linchpin/depend/reliance.h"
#include "linchpin/results/result_set.h"

namespace linchpin::app {

/// Prints one buyer's account: reliance on each region, the largest supplying industries, and how
/// concentrated they are.
void print_account(IndustrySpace const& space, depend::BuyerAccount const& account);

/// Prints a tidy table: the first rows, in blocks of columns that fit a terminal, and how many rows
/// are left out.
void print_result_table(ResultTable const& table);

}  // namespace linchpin::app
