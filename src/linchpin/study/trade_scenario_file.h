// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "linchpin/core/error.h"
#include "linchpin/study/trade_spec.h"

namespace linchpin::study {

// What users write to `linchpin equilibrium`: files and short forms
// (docs/formats/trade-scenario.md).

/// The document; problems with their lines go to `errors`.
[[nodiscard]] TradeScenarioSpec parse_trade_scenario(std::string_view text,
                                                     std::string const& source, ErrorList& errors);

/// "USA,JPN>CHN:C26": sellers, buyers, sectors (all without a colon). "*" is everything.
/// \error bad_format  in `errors`
void add_short_ban(std::string_view text, TradeScenarioSpec& spec, ErrorList& errors);

/// "USA>CHN:*=+0.25": exporters, importers, sectors; a rate, or with a sign a rise.
/// \error bad_format, bad_value  in `errors`
void add_short_tariff(std::string_view text, TradeScenarioSpec& spec, ErrorList& errors);

/// "WEST=USA,JPN": a group of regions.
/// \error bad_format, duplicate_label  in `errors`
void add_short_group(std::string_view text, TradeScenarioSpec& spec, ErrorList& errors);

}  // namespace linchpin::study
