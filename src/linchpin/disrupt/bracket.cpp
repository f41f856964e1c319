// SPDX-License-Identifier: Apache-2.0
#include "linchpin/disrupt/bracket.h"

#include <fmt/format.h>

#include <utility>

#include "linchpin/disrupt/bracket_horizon.h"
#include "linchpin/disrupt/options.h"

namespace linchpin::disrupt {
namespace {

/// Loss in per cent; what the solver cannot tell from nothing is nothing.
double loss_of(double share) {
  double const loss = 100 * (1 - share);
  return loss > -bracket_tolerance && loss < bracket_tolerance ? 0.0 : loss;
}

std::vector<std::string> left_out(Scenario const& scenario, ModelOptions const& options) {
  std::vector<std::string> words;
  if (!scenario.capital_losses.empty()) {
    words.emplace_back(
        "capital that is lost is repaired at once in the best case and never in the worst; orders "
        "for rebuilding are in neither");
  }
  if (!scenario.reserves.empty()) words.emplace_back("reserves help in the best case only");
  if (!options.substitutions.empty()) {
    words.emplace_back(
        "an input with a substitute limits nothing in the best case and cannot be replaced in the worst");
  }
  if (options.consumption.active) {
    words.emplace_back("households do not adjust their use in either case");
  }
  if (!options.delays.empty()) {
    words.emplace_back("what is under way at the start helps in the best case only");
  }
  return words;
}

double region_final_use(Baseline const& baseline, RegionId region) {
  double sum = 0;
  for (std::size_t row = 0; row < baseline.rows.size(); ++row) {
    sum += baseline.final_use(row, region.index());
  }
  return sum;
}

std::string above_worst(ModelOptions const& options) {
  std::string text =
      "the daily model loses more than proportional rationing of totals: later days cannot make up "
      "for earlier ones, and final users hold no stock";
  if (options.order_base == OrderBase::production) {
    text +=
        "; orders follow production, so a shortage orders less of what is short and can feed on "
        "itself";
  } else {
    text += "; orders follow demand, so buyers fill stocks while others run short";
  }
  if (options.production == Production::ario && options.psi > 0) {
    text += fmt::format(
        "; output falls as soon as a stock is below {:g} of its target, not when it "
        "is used up",
        options.psi);
  }
  if (options.order_rule == OrderRule::reweighted) {
    text += "; reweighted orders turn away from sellers that lost a client";
  }
  return text;
}

std::string below_best(StaticBounds const& bounds) {
  if (bounds.partial_cuts) {
    return "the daily model loses less than free re-sourcing: a cut of a part takes a share of "
           "orders, so buyers can order more and get more than that part of baseline deliveries "
           "(order amplification), which the best case forbids";
  }
  return "the daily model loses less than free re-sourcing, which totals over the horizon should "
         "not allow: please report the scenario";
}

}  // namespace

Result<StaticBounds> static_bounds(Economy const& economy, Scenario const& scenario,
                                   ModelOptions const& options, RegionId region,
                                   RunControl const& control) {
  if (auto const checked = check_request(economy.space(), scenario, options); !checked) {
    return fail(checked.error());
  }
  if (economy.size() > most_bracket_industries) {
    return fail(ErrorCode::too_large,
                fmt::format("{} industries; static bounds are computed up to {}", economy.size(),
                            most_bracket_industries),
                "bracket", "aggregate the world (table aggregate)");
  }
  auto const horizon = make_horizon(economy, scenario, options);
  if (!horizon) return fail(horizon.error());
  if (region_final_use(horizon->baseline, region) <= 0) {
    return fail(ErrorCode::missing_value, "the region has no final use in the baseline",
                economy.space().label(region), "choose another region");
  }
  auto const worst = worst_case(*horizon, region, Recipe::by_product, control);
  if (!worst) return fail(worst.error());
  auto const by_seller = worst_case(*horizon, region, Recipe::by_seller, control);
  if (!by_seller) return fail(by_seller.error());
  auto const best = best_case(*horizon, region);
  if (!best) return fail(best.error());
  return StaticBounds{.days = options.days,
                      .best = loss_of(best->region),
                      .best_world = loss_of(best->world),
                      .worst = loss_of(worst->region),
                      .worst_world = loss_of(worst->world),
                      .worst_by_seller = loss_of(by_seller->region),
                      .partial_cuts = horizon->has_partial_cut(),
                      .left_out = left_out(scenario, options)};
}

Bracket make_bracket(RegionId region, StaticBounds bounds, double central,
                     ModelOptions const& options) {
  std::string outside;
  if (central < bounds.best - bracket_tolerance) outside = below_best(bounds);
  if (central > bounds.worst + bracket_tolerance) outside = above_worst(options);
  return {region, std::move(bounds), central, std::move(outside)};
}

Result<BracketAnswer> bracket_of(Economy const& economy, Scenario const& scenario,
                                 ModelOptions const& options, RegionId region, Path const& path,
                                 RunControl const& control) {
  auto bounds = static_bounds(economy, scenario, options, region, control);
  if (bounds) {
    auto const central = path.region_final_use_loss_pct[region.index()];
    return BracketAnswer{make_bracket(region, *std::move(bounds), central, options), {}};
  }
  auto const& error = bounds.error();
  if (error.code == ErrorCode::too_large || error.code == ErrorCode::missing_value) {
    return BracketAnswer{std::nullopt, error.what};
  }
  return fail(error);
}

}  // namespace linchpin::disrupt
