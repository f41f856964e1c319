// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "linchpin/localize/autonomy.h"

namespace linchpin::study {

/// "2029–2034 and 2037": years in runs, ascending.
[[nodiscard]] std::string year_runs(std::vector<int> const& years);

/// Share of final use that the region spends on the technology in the first year.
[[nodiscard]] double market_share(localize::CoupledCase const& technology);

/// "the central", "the sceptic's": whose numbers these are, before that word.
[[nodiscard]] std::string whose_numbers(std::string_view preset);

/// Where the first year starts at another share made at home than the one given: balancing trade
/// moves it. \param given  share made at home of what the region buys
[[nodiscard]] std::vector<std::string> base_remarks(localize::CoupledCase const& technology,
                                                    double given);

/// What users should know about the paths of `whose` numbers ("the sceptic's"): years in which the
/// programme makes a cut-off dearer, and years in which a cut-off costs more than all that the
/// region spends on the technology (not where it is capital that others build on: then it may).
[[nodiscard]] std::vector<std::string> curve_remarks(localize::CoupledCase const& technology,
                                                     localize::AutonomyCurve const& curve,
                                                     std::string const& whose);

}  // namespace linchpin::study
