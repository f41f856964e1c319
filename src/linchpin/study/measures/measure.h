// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/depend/extraction.h"
#include "linchpin/depend/leontief_system.h"
#include "linchpin/depend/reliance.h"
#include "linchpin/results/result_set.h"

namespace linchpin::study {

/// What the user asks of one measure of `depend`. A measure takes what it needs; `check_request`
/// refuses what it cannot honour.
struct MeasureRequest {
  std::vector<depend::Buyer> buyers = {};     ///< regions or industries; empty: all
  std::vector<depend::Buyer> suppliers = {};  ///< regions or industries; empty: all
  std::size_t top = 10;                       ///< rows of rankings
  bool detail = false;                        ///< rows by sector and partner as well
  bool by_third_country = false;              ///< split of WWZ terms
  double share = 1.0;                         ///< of a flow that is taken away (extraction), 0 to 1
  depend::ExtractionKind kind = depend::ExtractionKind::flows;
  bool resourced = false;                     ///< extraction: buyers order elsewhere
  double rise = 0.10;                         ///< of a price (prices)
};

/// Options of a request besides `top`, as bits: what a measure accepts.
enum class Asks : unsigned {
  buyers = 1U << 0U,
  suppliers = 1U << 1U,
  detail = 1U << 2U,
  third_country = 1U << 3U,
  share = 1U << 4U,
  kind = 1U << 5U,
  resourced = 1U << 6U,
  rise = 1U << 7U,
};
[[nodiscard]] constexpr unsigned bits(Asks option) { return static_cast<unsigned>(option); }
[[nodiscard]] constexpr unsigned operator|(Asks a, Asks b) { return bits(a) | bits(b); }
[[nodiscard]] constexpr unsigned operator|(unsigned a, Asks b) { return a | bits(b); }

using Systems = std::span<depend::LeontiefSystem const>;

/// A way to look at dependence; its answer is a list of tidy tables.
struct Measure {
  std::string_view name;     ///< as typed after --measure
  std::string_view meaning;  ///< one sentence
  std::string_view not_for;  ///< one sentence: what it must not be used for
  unsigned accepts = 0;      ///< bits of `Asks`
  /// How many worlds one answer takes. 1: each world of a panel is asked by itself.
  std::size_t worlds = 1;
  /// About how many right-hand sides it solves for, given the numbers of regions and industries;
  /// 0: it needs the factors, so the system is solved directly.
  std::size_t (*right_hand_sides)(IndustrySpace const& space) = nullptr;
  Result<std::vector<ResultTable>> (*run)(Systems systems, MeasureRequest const& request,
                                          RunControl const& control) = nullptr;
};

/// All measures, in the order of the method page.
[[nodiscard]] std::span<Measure const* const> measures();

/// \error unknown_label  no measure of that name; the nearest one as hint
[[nodiscard]] Result<Measure const*> find_measure(std::string_view name);

/// Refuses options that differ from their default and that none of the measures accepts.
/// \error bad_value  all of them; `where` names the option as on the command line
[[nodiscard]] Result<void> check_request(std::span<Measure const* const> measures,
                                         MeasureRequest const& request);

}  // namespace linchpin::study
