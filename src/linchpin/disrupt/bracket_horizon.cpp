// SPDX-License-Identifier: Apache-2.0
#include "linchpin/disrupt/bracket_horizon.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <span>
#include <utility>

namespace linchpin::disrupt {
namespace {

void multiply(std::span<double> days, Course const& course, double sign) {
  for (std::size_t t = 0; t < days.size(); ++t) {
    days[t] *= 1 + sign * course.at(static_cast<int>(t));
  }
}

double sum(std::span<double const> days) { return std::accumulate(days.begin(), days.end(), 0.0); }

/// Ceiling of overproduction times what losses and missing workers leave. The ceiling holds from
/// day 0: the daily model only climbs towards it. Damage to capital is repaired at once here.
void fill_capacity(Horizon& h) {
  auto const& space = h.economy.space();
  for (std::size_t i = 0; i < space.size(); ++i) {
    auto const& by_product = h.options.overproduction_by_product;
    double const ceiling = by_product.empty() ? h.options.overproduction_max
                                              : by_product[space.sector_of(IndustryId{i}).index()];
    std::fill(h.capacity.row(i).begin(), h.capacity.row(i).end(), ceiling);
  }
  for (auto const& loss : h.scenario.capacity_losses) {
    for (auto const i : loss.industries) multiply(h.capacity.row(i.index()), loss.course, -1);
  }
  for (auto const& shock : h.scenario.labour_shocks) {
    for (auto const i : shock.industries) multiply(h.capacity.row(i.index()), shock.course, -1);
  }
}

void fill_wishes(Horizon& h) {
  auto const& space = h.economy.space();
  std::fill(h.wish.values().begin(), h.wish.values().end(), 1.0);
  for (auto const& shift : h.scenario.demand_shifts) {
    std::vector<bool> chosen(space.sectors(), shift.sectors.empty());
    for (auto const sector : shift.sectors) chosen[sector.index()] = true;
    for (std::size_t p = 0; p < space.sectors(); ++p) {
      for (auto const region : shift.regions) {
        if (!chosen[p]) continue;
        multiply(h.wish.row(p * space.regions() + region.index()), shift.course,
                 shift.rises ? 1 : -1);
      }
    }
  }
}

/// Deliveries that left before day 0: a baseline day for every day they travel.
void fill_pipeline(Horizon& h) {
  auto const& space = h.economy.space();
  for (auto const& delay : h.options.delays) {
    for (auto i = space.first_of(delay.seller).index(); i < space.last_of(delay.seller).index();
         ++i) {
      auto const p = space.sector_of(IndustryId{i}).index();
      for (auto j = space.first_of(delay.buyer).index(); j < space.last_of(delay.buyer).index();
           ++j) {
        h.pipeline[p * space.size() + j] += delay.days * h.flow(i, j);
      }
      h.final_pipeline[p * space.regions() + delay.buyer.index()] +=
          delay.days * h.baseline.final_use(h.baseline.rows.row_of(i), delay.buyer.index());
    }
  }
}

}  // namespace

double Horizon::capacity_days(std::size_t industry) const { return sum(capacity.row(industry)); }

double Horizon::wish_days(std::size_t product, std::size_t region) const {
  return sum(wish.row(product * economy.space().regions() + region));
}

double Horizon::wish_days(std::size_t product, std::size_t region, std::size_t group) const {
  auto const wishes = wish.row(product * economy.space().regions() + region);
  auto const shares = booked.row(group);
  return std::inner_product(wishes.begin(), wishes.end(), shares.begin(), 0.0);
}

bool Horizon::has_partial_cut() const {
  return std::any_of(booked.values().begin(), booked.values().end(),
                     [](double share) { return share > 0 && share < 1; });
}

Result<Horizon> make_horizon(Economy const& economy, Scenario const& scenario,
                             ModelOptions const& options) {
  auto made = make_baseline(economy);
  if (!made) return fail(made.error());
  auto const& space = economy.space();
  auto const days = static_cast<std::size_t>(options.days);
  Scenario const* const lanes[] = {&scenario};
  CutSchedule schedule(economy, lanes, *made);
  auto const groups = schedule.groups();
  Horizon h{economy,
            scenario,
            options,
            *std::move(made),
            std::move(schedule),
            days,
            DenseMatrix(space.sectors(), space.size()),
            DenseMatrix(space.size(), days),
            DenseMatrix(groups, days),
            DenseMatrix(space.sectors() * space.regions(), days),
            DenseVector(space.sectors() * space.size(), 0.0),
            DenseVector(space.sectors() * space.regions(), 0.0)};
  for (std::size_t i = 0; i < space.size(); ++i) {
    auto const use = h.use.row(space.sector_of(IndustryId{i}).index());
    for (std::size_t j = 0; j < space.size(); ++j) use[j] += h.flow(i, j);
  }
  fill_capacity(h);
  fill_wishes(h);
  fill_pipeline(h);
  for (std::size_t t = 0; t < days; ++t) {
    h.schedule.set_day(static_cast<int>(t));
    for (std::size_t g = 0; g < groups; ++g) h.booked(g, t) = *h.schedule.booked(g);
  }
  return h;
}

bool binds(ModelOptions const& options, std::size_t product, std::size_t buyer,
           bool in_worst_case) {
  if (options.inventory_days[product] == std::numeric_limits<double>::infinity()) return false;
  auto const& swaps = options.substitutions;
  bool const replaceable = std::any_of(swaps.begin(), swaps.end(), [&](auto const& swap) {
    return swap.product.index() == product;
  });
  if (replaceable && !in_worst_case) return false;
  double const rating = options.criticality.empty() ? 1.0 : options.criticality(product, buyer);
  switch (options.production) {
    case Production::ario:
    case Production::leontief:
      return true;
    case Production::strongly_critical:
      return rating >= 0.5;
    // An input that limits half of output can be spared in the best case only.
    case Production::half_critical:
      return in_worst_case ? rating >= 0.5 : rating >= 1;
    case Production::weakly_critical:
      return rating >= 1;
    case Production::linear:
      return in_worst_case;
  }
  return true;
}

}  // namespace linchpin::disrupt
