// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/localize/autonomy.h"
#include "linchpin/parameters/sourced_numbers.h"
#include "linchpin/results/outputs.h"
#include "linchpin/study/placed.h"

namespace linchpin::study {

/// What a study says about a technology besides its technology file, in this order.
struct AutonomyNumberKind {
  std::string_view name;
  double lowest, highest;
  std::string_view words;
  std::optional<double> otherwise = {};  ///< where nobody says it; empty: then it is missing
};
inline constexpr std::array autonomy_number_kinds{
    AutonomyNumberKind{"world_sales", 1e-9, 1e12, "sales in the world [unit of the world]"},
    AutonomyNumberKind{"home_buys", 1e-4, 0.99, "share of them bought in the region"},
    AutonomyNumberKind{"home_share", 1e-3, 0.999, "share of that made in the region"},
    AutonomyNumberKind{"share_abroad", 0, 0.99, "share of purchases elsewhere made in the region"},
    AutonomyNumberKind{"relative_cost", 0.05, 20, "price at home over the price abroad"},
    AutonomyNumberKind{"cost_floor", 0, 20, "what no experience removes, in the same unit"},
    AutonomyNumberKind{"relative_quality", 1e-3, 1, "quality at home over the frontier's"},
    AutonomyNumberKind{"quality_weight", 0, 20, "gamma of the choice between offers"},
    AutonomyNumberKind{"years_of_experience", 0.1, 100, "first experience in years of output"},
    AutonomyNumberKind{"spillover_home", 0, 1, "of a unit of another maker at home"},
    AutonomyNumberKind{"spillover_abroad", 0, 1, "of a unit made abroad"},
    AutonomyNumberKind{"tool_penalty", 0, 10, "extra cost without foreign tools"},
    AutonomyNumberKind{"catch_up_speed", 0, 5, "phi, per year"},
    AutonomyNumberKind{"own_growth", -1, 1, "of quality without a frontier, per year"},
    AutonomyNumberKind{"control_effect", 0, 1, "share of catch-up a full control takes away"},
    AutonomyNumberKind{"quality_learning", 0, 5, "quality gained per logarithm of experience"},
    AutonomyNumberKind{"markup", 0, 10, "of price over cost"},
    AutonomyNumberKind{"scrapping", 0, 0.9, "of capacity per year"},
    AutonomyNumberKind{"switching", 0, 10, "p of diffusion, per year"},
    AutonomyNumberKind{"imitation", 0, 10, "q of diffusion, per year"},
    AutonomyNumberKind{"fear", 0, 10, "premium on foreign prices"},
    AutonomyNumberKind{"research_share", 0, 0.9, "of sales, spent on research at the norm", 0.1},
    AutonomyNumberKind{"demand_growth", -0.3, 0.6, "of demand beside the economy's, per year", 0}};

struct AutonomyNumber {
  double value = 0, low = 0, high = 0;
  std::string note;
  parameters::Side sceptic = parameters::Side::none;  ///< the end a sceptic of the programme takes
  bool given = false;   ///< by the study or by the market of the technology
  bool assumed = true;  ///< no source says it; those of a study are reasons, not sources
};

/// What a study says about what a technology does for other sectors, in this order.
inline constexpr std::array diffusion_number_kinds{
    AutonomyNumberKind{"most", 0, 5, "gain in productivity without bound on the stock"},
    AutonomyNumberKind{"half_stock", 1e-3, 1e3, "stock that gives half of it [first year's]"},
    AutonomyNumberKind{"lag", 0, 50, "until gains have come by 1 - 1/e [years]"},
    AutonomyNumberKind{"lifetime", 1, 50, "of what is bought [years]"},
    AutonomyNumberKind{"adoption", 1e-6, 0.999, "share of firms that use it in the first year"},
    AutonomyNumberKind{"adoption_speed", 0, 10, "growth of its odds, per year"},
    AutonomyNumberKind{"exposure_of_others", 0, 1, "share of the gain in sectors not listed"}};

/// Use of a technology by the rest of the economy.
struct AutonomyDiffusion {
  std::array<AutonomyNumber, diffusion_number_kinds.size()> numbers;
  std::vector<Placed<std::string>> exposed;  ///< sectors that can have the whole gain
};

struct AutonomyTechnology {
  Placed<std::string> name;  ///< of a technology file
  bool capital_good = true;  ///< only investors buy it
  bool final_good = false;   ///< all final users buy it, and no industry
  [[nodiscard]] bool final_use_only() const { return capital_good || final_good; }
  std::optional<AutonomyDiffusion> diffusion;
  std::array<AutonomyNumber, autonomy_number_kinds.size()> numbers;
};

/// Fills numbers that the study does not give from the technology's market.csv; those that neither
/// gives, and those out of their range, are problems.
void fill_numbers(AutonomyTechnology& technology,
                  std::vector<parameters::SourcedNumber> const& market, ErrorList& errors);

struct AutonomyPolicy {
  localize::Instrument instrument;
  bool programme = true;   ///< false: in force without the programme, too
  std::string technology;  ///< empty: all of them
  std::string where;
};

/// The search for the best programme: amounts of instruments in phases of equal length.
struct OptimalAsk {
  struct Bound {
    localize::InstrumentKind kind = localize::InstrumentKind::production_subsidy;
    double lowest = 0, highest = 1;
  };
  std::vector<Bound> instruments;
  bool chosen = false;  ///< by the user; else a technology leaves out those its programme has not
  /// Most present value of what the treasury pays, in years of first-year purchases; empty: that of
  /// the programme.
  std::optional<double> budget;
  double hazard = 0.05;  ///< yearly probability of a cut-off
  int phases = 3, starts = 3, evaluations = 120;
  std::string where;
};

/// What a study wants to know besides the autonomy curve.
struct AutonomyAsks {
  std::string preset = "central";  ///< whose values are the central ones
  bool presets = false;            ///< run sceptic, central and optimist beside each other
  std::vector<int> subsidies_until = {5, 10};  ///< years after which subsidies end, as a test
  std::size_t driver_draws = 0;                ///< 0: no sensitivity indices
  std::optional<OptimalAsk> optimal;
  std::optional<std::size_t> compute_draws;  ///< of the region's computing power; empty: none
};

/// A study of making technologies at home (docs/formats/autonomy-study.md).
struct AutonomyStudy {
  std::string title, question;
  Placed<std::string> world, region;
  int first_year = 2025, years = 15;
  double threshold_pct = 1;
  localize::CutOff cut_off;  ///< horizon and first-year loss are filled later
  std::size_t draws = 0;     ///< 0: the central path alone
  std::uint64_t seed = 1;
  std::vector<AutonomyTechnology> technologies;
  std::vector<AutonomyPolicy> policies;
  AutonomyAsks asks;
  OutputFormats formats;  ///< of `linchpin run`
};

/// Over what range an instrument is searched where the study does not say; empty for what others
/// do (controls).
[[nodiscard]] std::optional<OptimalAsk::Bound> usual_bound(localize::InstrumentKind kind) noexcept;

/// The instruments of the study's programme with their usual bounds, each once.
[[nodiscard]] std::vector<OptimalAsk::Bound> programme_instruments(AutonomyStudy const& study);

/// True if `text` is a study of autonomy rather than one for `run_study`: it has technologies.
[[nodiscard]] bool is_autonomy_study(std::string_view text);

/// Reads an autonomy study: all problems at once, each with its line.
/// \error bad_format, unknown_key, bad_value, unknown_label, duplicate_label, missing_value
[[nodiscard]] Result<AutonomyStudy> read_autonomy_study(std::string_view text,
                                                        std::string const& source);

}  // namespace linchpin::study
