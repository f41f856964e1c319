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
    AutonomyNumberKind{"demand_growth", -0.3, 0.6, "of demand beside the economy's, per year", 0},
    AutonomyNumberKind{"foreign_learning_rate", 0, 0.9, "by which cost abroad falls per doubling",
                       0},
    AutonomyNumberKind{"foreign_floor", 0, 1, "share of cost abroad that no experience removes", 0},
    AutonomyNumberKind{"foreign_experience", 0.1, 100,
                       "first experience abroad in years of output there", 10},
    AutonomyNumberKind{"foreign_markup", 0, 100, "of price over cost abroad", 0},
    AutonomyNumberKind{"foreign_answer", 0, 1,
                       "share of it that makers abroad give up where they lose all users", 0},
    AutonomyNumberKind{"discount_rate", 0, 1, "return that first prices pay on capacity, per year",
                       0.08},
    AutonomyNumberKind{"loan_share", 0, 0.95, "of the cost of capacity that lenders cover", 0},
    AutonomyNumberKind{"funds_per_sales", 0, 1000, "own money for capacity, of yearly sales", 1000},
    AutonomyNumberKind{"hurdle_spread", 0, 10,
                       "by which hurdles of investors lie apart, of the cost of capacity", 0},
    AutonomyNumberKind{"plant_lifetime", 1, 100, "that who builds capacity counts on [years]", 10},
    AutonomyNumberKind{"utilisation", 0.05, 1, "of capacity, at first and as aimed at", 0.9},
    AutonomyNumberKind{"yield", 0.01, 1, "share of output that is good, beyond inputs' yields", 1},
    AutonomyNumberKind{"makers", 1, 1e6, "equal makers in the region", 1},
    AutonomyNumberKind{"entry_cost", 0, 100,
                       "of one maker more, in years of the region's purchases", 0},
    AutonomyNumberKind{"forgetting", 0, 0.9, "of experience per year", 0}};

/// The numbers of [financing], a table of the study that holds for all its technologies; besides
/// `discount_rate`, which is AutonomyStudy::investor_rate.
inline constexpr std::array financing_names{"loan_share", "funds_per_sales", "plant_lifetime",
                                            "utilisation"};

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

/// What a study says about a tool instead of the technology file.
inline constexpr std::array tool_number_kinds{
    AutonomyNumberKind{"tool_access", 0, 1, "share of what is needed that can be bought"},
    AutonomyNumberKind{"tool_readiness", 0, 9, "level of the one made at home"},
    AutonomyNumberKind{"readiness_rate", 0, 9, "levels it gains per year"}};
struct AutonomyTool {
  Placed<std::string> name;  ///< as in the technology file
  std::array<AutonomyNumber, tool_number_kinds.size()> numbers;
};

/// Use of a technology by the rest of the economy.
struct AutonomyDiffusion {
  std::array<AutonomyNumber, diffusion_number_kinds.size()> numbers;
  std::vector<Placed<std::string>> exposed;  ///< sectors that can have the whole gain
};

/// What a threshold is a share of.
enum class ThresholdOf {
  income,  ///< real final use
  market,  ///< what the region buys of the technology in the year
};
[[nodiscard]] constexpr char const* to_string(ThresholdOf of) noexcept {
  return of == ThresholdOf::income ? "income" : "market";
}

struct AutonomyTechnology {
  Placed<std::string> name;  ///< of a technology file
  bool capital_good = true;  ///< only investors buy it
  bool final_good = false;   ///< all final users buy it, and no industry
  [[nodiscard]] bool final_use_only() const { return capital_good || final_good; }
  std::optional<AutonomyDiffusion> diffusion;
  std::array<AutonomyNumber, autonomy_number_kinds.size()> numbers;
  std::vector<AutonomyTool> tools;          ///< those of which the study says something
  std::optional<double> threshold_pct;      ///< empty: the study's
  std::optional<ThresholdOf> threshold_of;  ///< empty: the study's
  std::string threshold_note;               ///< why; empty: the study's
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
  std::vector<int> subsidies_until = {5, 10};       ///< years after which subsidies end, as a test
  std::size_t driver_draws = 0;                     ///< 0: no sensitivity indices
  std::vector<Placed<std::string>> driver_numbers;  ///< that vary for them; empty: all with a range
  std::optional<OptimalAsk> optimal;
  std::optional<std::size_t> compute_draws;  ///< of the region's computing power; empty: none
  /// Whose path makes accelerators; unset: the first that has data of them.
  std::optional<Placed<std::string>> compute_technology;
};

/// A study of making technologies at home (docs/formats/autonomy-study.md).
struct AutonomyStudy {
  std::string title, question;
  Placed<std::string> world, region;
  int first_year = 2025, years = 15;
  double threshold_pct = 1;  ///< below it a cut-off is manageable, % of `threshold_of`
  ThresholdOf threshold_of = ThresholdOf::income;
  std::string threshold_note;  ///< why
  /// At which those who build capacity discount what it earns [per year]; empty: each technology's
  /// own rate, which first prices pay.
  std::optional<double> investor_rate;
  localize::CutOff cut_off;  ///< horizon and first-year loss are filled later
  std::size_t draws = 0;     ///< 0: the central path alone
  std::uint64_t seed = 1;
  std::vector<AutonomyTechnology> technologies;
  std::vector<AutonomyPolicy> policies;
  AutonomyAsks asks;
  OutputFormats formats;  ///< of `linchpin run`
};

/// From what loss on a cut-off of this technology is not manageable, % of its threshold_of().
[[nodiscard]] inline double threshold_pct(AutonomyStudy const& study,
                                          AutonomyTechnology const& technology) {
  return technology.threshold_pct.value_or(study.threshold_pct);
}
[[nodiscard]] inline ThresholdOf threshold_of(AutonomyStudy const& study,
                                              AutonomyTechnology const& technology) {
  return technology.threshold_of.value_or(study.threshold_of);
}

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
