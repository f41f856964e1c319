// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/leverage_world.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "linchpin/parameters/trade_elasticities.h"
#include "linchpin/sampling/distribution.h"

namespace linchpin::study {
namespace {

constexpr char const* shipped_set = "default:trade_elasticities.csv";

/// Half to one and a half times: what ensembles of the equilibrium take where nobody said more.
ThetaRanges assumed_ranges(DenseVector const& theta) {
  ThetaRanges ranges{theta, theta, theta, "half to one and a half times each (assumption)"};
  for (auto& each : ranges.low) each *= 0.5;
  for (auto& each : ranges.high) each *= 1.5;
  return ranges;
}

template <typename Find>
std::vector<std::size_t> places(std::vector<std::string> const& labels, char const* where,
                                std::size_t count, Find&& find, ErrorList& errors) {
  std::vector<std::size_t> found;
  if (labels.empty()) {
    for (std::size_t k = 0; k < count; ++k) found.push_back(k);
  }
  for (auto const& label : labels) {
    auto const place = find(label);
    if (!place) {
      errors.add(place.error());
      continue;
    }
    auto const value = place->index();
    if (std::find(found.begin(), found.end(), value) != found.end()) {
      errors.add(ErrorCode::duplicate_label, fmt::format("'{}' is named twice", label), where,
                 "name each once");
      continue;
    }
    found.push_back(value);
  }
  return found;
}

/// Share of all final spending that the price side puts on other sectors than the base does.
double shifted_share(equilibrium::TradeBase const& base, leverage::PriceWorld const& prices) {
  double moved = 0, total = 0;
  for (std::size_t n = 0; n < base.grid.regions; ++n) {
    double apart = 0;
    for (std::size_t j = 0; j < base.grid.sectors; ++j) {
      apart += std::abs(prices.final_share(n, j) - base.final_share[base.grid.industry(n, j)]);
    }
    moved += base.final_spending(n) * apart / 2;
    total += base.final_spending(n);
  }
  return total > 0 ? moved / total : 0;
}

}  // namespace

Result<leverage::PriceWorld> price_world_of(equilibrium::TradeBase const& base,
                                            DenseVector const& theta, std::size_t* raised,
                                            leverage::ClippedDemand* clipped) {
  auto accounts = equilibrium::accounts_of(base);
  accounts.theta = theta;
  std::size_t count = 0;
  for (auto& share : accounts.value_added_share) {
    if (share >= least_value_added) continue;
    share = least_value_added;
    ++count;
  }
  if (raised != nullptr) *raised = count;
  auto data = leverage::price_world_data(accounts, clipped);
  if (!data) return fail(data.error());
  return leverage::PriceWorld::make(*std::move(data));
}

Result<LeverageWorld> open_leverage_world(TradeGround const& ground, TradeModelSpec const& model,
                                          ParameterSource const& source) {
  TradeScenarioSpec spec;
  spec.model = model;
  auto question = open_trade_question(ground, spec, {}, source);
  if (!question) return fail(question.error());
  std::size_t raised = 0;
  leverage::ClippedDemand clipped;
  auto prices = price_world_of(question->base, question->base.theta, &raised, &clipped);
  if (!prices) return fail(prices.error());
  if (raised > 0) {
    question->warnings.push_back(fmt::format(
        "Industries with less than {:g} % of value added in their costs: {}; for prices at "
        "unchanged wages they are taken to have that much, which shifts {:.2g} % of final spending "
        "between sectors.",
        100 * least_value_added, raised, 100 * shifted_share(question->base, *prices)));
  }
  // Rounding of the base leaves cells a hair below 0 everywhere.
  if (clipped.share > 1e-9) {
    question->warnings.push_back(fmt::format(
        "For prices at unchanged wages final demand below 0 is set to 0 in {} cells, {:.2g} % of "
        "all final spending: inputs there exceed purchases.",
        clipped.cells, 100 * clipped.share));
  }
  return LeverageWorld{std::move(question->base), *std::move(prices),
                       std::move(question->scenario.closure), std::move(question->setting),
                       std::move(question->warnings)};
}

Result<ThetaRanges> theta_ranges(TradeGround const& ground, TradeModelSpec const& model,
                                 ParameterSource const& source, DenseVector const& theta) {
  auto const& own = ground.accounts.theta;
  auto const name = model.theta ? model.theta->value : std::string{own.empty() ? "default" : "own"};
  if (name == "own" || !source.read) return assumed_ranges(theta);
  auto const chosen =
      name == "default" ? parameters::SetName{shipped_set, ""} : parameters::split_set_name(name);
  auto const text = source.read(chosen.file);
  if (!text) return fail(text.error());
  auto const file = parameters::read_trade_elasticities(*text, chosen.file, chosen.set);
  if (!file) return fail(file.error());
  auto const found = parameters::trade_elasticities_of({&*file, 1}, ground.space.labels().sectors);
  if (!found) return fail(found.error());
  auto ranges = assumed_ranges(theta);
  std::size_t stated = 0;
  for (std::size_t j = 0; j < theta.size(); ++j) {
    if (!(found->low[j] < found->high[j])) continue;
    // The horizon scales the range like the number itself.
    double const scale = theta[j] / found->theta[j];
    ranges.low[j] = found->low[j] * scale;
    ranges.high[j] = found->high[j] * scale;
    ++stated;
  }
  if (stated == theta.size()) {
    ranges.words = "ranges of the set";
  } else if (stated > 0) {
    ranges.words = fmt::format(
        "ranges of the set for {} of {} sectors, half to one and a half times for the "
        "others (assumption)",
        stated, theta.size());
  }
  return ranges;
}

DenseVector draw_theta(ThetaRanges const& ranges, Seed seed, std::size_t draw) {
  Rng rng(seed, draw);
  DenseVector theta;
  for (std::size_t j = 0; j < ranges.low.size(); ++j) {
    theta.push_back(peaked(ranges.low[j], ranges.value[j], ranges.high[j], rng.uniform()));
  }
  return theta;
}

std::string draw_words(ThetaRanges const& ranges) {
  return fmt::format(
      "Over draws every trade elasticity is triangular in its range with the peak at its central "
      "number, sectors independent of each other: {}. Ranges that are quartiles of products leave "
      "half of the products outside, and independent sectors even out in sums: the bands say what "
      "these draws say, not how sure the answer is.",
      ranges.words);
}

double peaked(double low, double value, double high, double u) {
  if (!(low < high)) return low;
  bool const inside = low <= value && value <= high;
  if (!inside) return low + (high - low) * u;
  return sampling::Distribution{sampling::DistributionKind::triangular, low, high, value}.quantile(
      u);
}

std::vector<std::size_t> goods_of(IndustrySpace const& space) {
  std::vector<std::size_t> goods, all;
  auto const& sectors = space.labels().sectors;
  for (std::size_t j = 0; j < sectors.size(); ++j) {
    all.push_back(j);
    if (!sectors[j].service) goods.push_back(j);
  }
  return goods.empty() ? all : goods;
}

std::vector<std::size_t> region_places(std::vector<std::string> const& labels, char const* where,
                                       IndustrySpace const& space, ErrorList& errors) {
  return places(
      labels, where, space.regions(),
      [&](std::string const& label) { return space.find_region(label, where); }, errors);
}

std::vector<std::size_t> sector_places(std::vector<std::string> const& labels, char const* where,
                                       IndustrySpace const& space, ErrorList& errors) {
  return places(
      labels, where, space.sectors(),
      [&](std::string const& label) { return space.find_sector(label, where); }, errors);
}

}  // namespace linchpin::study
