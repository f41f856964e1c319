// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <stdexcept>

#include "linchpin/core/random.h"
#include "linchpin/disrupt/model.h"
#include "linchpin/economy/scenario.h"
#include "support/random_economy.h"

namespace linchpin::test {

/// Some ids of [0, count), each with the given chance; never none.
template <class IdT>
std::vector<IdT> some_of(std::size_t count, double chance, Rng& rng) {
  std::vector<IdT> result;
  for (std::size_t k = 0; k < count; ++k) {
    if (rng.uniform() < chance) result.push_back(IdT{k});
  }
  if (result.empty()) result.push_back(IdT{rng.below(count)});
  return result;
}

inline Course random_course(int days, Rng& rng) {
  auto const below = [&](int bound) {
    return static_cast<int>(rng.below(static_cast<std::uint64_t>(bound)));
  };
  Course course;
  course.share = rng.uniform() < 0.4 ? 1.0 : rng.uniform();
  course.from_day = below(days / 4);
  if (rng.uniform() < 0.7) course.to_day = course.from_day + 1 + below(days / 2);
  if (rng.uniform() < 0.5) course.ramp_days = below(days / 3);
  return course;
}

/// Up to three cuts, which may overlap, with ramps, exemptions and one or both uses, and up to two
/// losses of capacity.
inline Scenario random_scenario(IndustrySpace const& space, int days, Seed seed) {
  Rng rng(seed, 17);
  Scenario scenario;
  scenario.name = "random";
  auto const cuts = rng.below(4);
  for (std::uint64_t k = 0; k < cuts; ++k) {
    Cut cut;
    cut.sellers = some_of<RegionId>(space.regions(), 0.5, rng);
    cut.buyers = some_of<RegionId>(space.regions(), 0.5, rng);
    if (rng.uniform() < 0.7) cut.sectors = some_of<SectorId>(space.sectors(), 0.4, rng);
    cut.intermediate = rng.uniform() < 0.9;
    cut.final_use = !cut.intermediate || rng.uniform() < 0.7;
    cut.course = random_course(days, rng);
    if (rng.uniform() < 0.6) {
      Exemption exemption;
      exemption.seller_industries = some_of<IndustryId>(space.size(), 0.2, rng);
      exemption.buyer_industries = some_of<IndustryId>(space.size(), 0.4, rng);
      if (rng.uniform() < 0.5)
        exemption.buyer_regions = some_of<RegionId>(space.regions(), 0.3, rng);
      cut.exemptions.push_back(exemption);
    }
    scenario.cuts.push_back(cut);
  }
  auto const losses = rng.below(3);
  for (std::uint64_t k = 0; k < losses; ++k) {
    scenario.capacity_losses.push_back(
        {some_of<IndustryId>(space.size(), 0.15, rng), random_course(days, rng)});
  }
  return scenario;
}

/// Short and long stocks mixed, one product now and then without end, any psi, either rule.
inline disrupt::ModelOptions random_options(IndustrySpace const& space, int days, Seed seed) {
  Rng rng(seed, 18);
  disrupt::ModelOptions options;
  options.days = days;
  options.psi = rng.uniform();
  options.tau_inventory_days = 1 + 60 * rng.uniform();
  options.tau_overproduction_days = 10 + 300 * rng.uniform();
  options.overproduction_max = rng.uniform() < 0.3 ? 1.0 : 1 + 0.5 * rng.uniform();
  options.order_rule =
      rng.uniform() < 0.5 ? disrupt::OrderRule::fixed : disrupt::OrderRule::reweighted;
  for (std::size_t p = 0; p < space.sectors(); ++p) {
    bool const endless = rng.uniform() < 0.1;
    options.inventory_days.push_back(endless ? std::numeric_limits<double>::infinity()
                                             : 1 + 40 * rng.uniform());
  }
  return options;
}

/// The same with every option of the model: production functions, rationing, order bases and rules,
/// delays, slow switching, labour, households.
inline disrupt::ModelOptions random_full_options(IndustrySpace const& space, int days, Seed seed) {
  using namespace disrupt;
  auto options = random_options(space, days, seed);
  Rng rng(seed, 19);
  auto const pick = [&](auto count) { return rng.below(static_cast<std::uint64_t>(count)); };
  options.production = static_cast<Production>(pick(6));
  options.rationing = static_cast<Rationing>(pick(6));
  options.order_base = static_cast<OrderBase>(pick(2));
  options.order_rule = static_cast<OrderRule>(pick(3));
  options.rationing_seed = seed.value();
  if (rng.uniform() < 0.3) {
    for (std::size_t p = 0; p < space.sectors(); ++p) {
      options.overproduction_by_product.push_back(1 + 0.4 * rng.uniform());
      options.resourcing_elasticity.push_back(2 * rng.uniform());
    }
  }
  if (rng.uniform() < 0.7) {
    options.criticality = DenseMatrix(space.sectors(), space.sectors());
    for (double& cell : options.criticality.values()) cell = 0.5 * static_cast<double>(pick(3));
  }
  if (rng.uniform() < 0.3) {
    for (std::size_t r = 0; r < space.regions(); ++r) {
      for (std::size_t b = 0; b < space.regions(); ++b) {
        if (r != b) options.delays.push_back({RegionId{r}, RegionId{b}, static_cast<int>(pick(5))});
      }
    }
  }
  if (rng.uniform() < 0.2) {
    options.switching_speed = 0.002 + 0.05 * rng.uniform();
    options.switching_cost = 0.1;
  }
  options.labour.active = rng.uniform() < 0.4;
  options.consumption.active = rng.uniform() < 0.3;
  return options;
}

/// Adds a shift of demand, a shock to labour, a loss of capital and a reserve to `scenario`.
inline void add_random_events(Scenario& scenario, IndustrySpace const& space, int days, Seed seed) {
  Rng rng(seed, 20);
  scenario.demand_shifts.push_back({some_of<RegionId>(space.regions(), 0.5, rng),
                                    some_of<SectorId>(space.sectors(), 0.5, rng),
                                    rng.uniform() < 0.5, random_course(days, rng)});
  scenario.labour_shocks.push_back(
      {some_of<IndustryId>(space.size(), 0.2, rng), random_course(days, rng)});
  scenario.capital_losses.push_back({some_of<IndustryId>(space.size(), 0.2, rng),
                                     rng.uniform(),
                                     static_cast<int>(rng.below(10)),
                                     20 + 60 * rng.uniform(),
                                     {},
                                     {}});
  if (rng.uniform() < 0.5) {
    scenario.capital_losses.back().rebuilding_sectors =
        some_of<SectorId>(space.sectors(), 0.3, rng);
  }
  scenario.reserves.push_back({RegionId{rng.below(space.regions())},
                               SectorId{rng.below(space.sectors())}, 20 * rng.uniform(),
                               rng.uniform(), static_cast<int>(rng.below(10))});
  for (auto& loss : scenario.capacity_losses) {
    loss.course.recovery_days = static_cast<int>(rng.below(20));
    loss.course.recovery = static_cast<RecoveryCurve>(rng.below(4));
  }
  for (auto& cut : scenario.cuts) {
    for (auto& exemption : cut.exemptions) {
      if (rng.uniform() < 0.5) exemption.share = rng.uniform();
    }
  }
}

/// Small worlds of changing shape; every third with zero cells, every fifth with dead industries.
inline Economy small_world(std::uint64_t seed) {
  RandomWorld world{.regions = 2 + seed % 4, .sectors = 2 + seed % 5, .seed = Seed{seed}};
  world.zero_share = seed % 3 == 0 ? 0.3 : 0.0;
  world.zero_output = seed % 5 == 0 ? 2 : 0;
  return random_economy(world);
}

inline disrupt::Path path_of(Economy const& economy, Scenario const& scenario,
                             disrupt::ModelOptions const& options, RunControl const& control = {}) {
  auto path = disrupt::simulate(economy, scenario, options, control);
  if (!path) throw std::runtime_error(path.error().what + " at " + path.error().where);
  return *std::move(path);
}

}  // namespace linchpin::test
