// SPDX-License-Identifier: Apache-2.0
#include "linchpin/disrupt/lane_events.h"

#include <algorithm>
#include <utility>

namespace linchpin::disrupt {
namespace {

constexpr double days_per_year = 365;

}  // namespace

void CourseList::add(std::size_t place, std::size_t lane, Course const& course, double sign) {
  auto at = std::find_if(places_.begin(), places_.end(),
                         [&](Place const& each) { return each.place == place; });
  if (at == places_.end()) at = places_.insert(at, {place, {}});
  auto in = std::find_if(at->lanes.begin(), at->lanes.end(),
                         [&](Lane const& each) { return each.lane == lane; });
  if (in == at->lanes.end()) in = at->lanes.insert(in, {lane, {}});
  in->courses.push_back({course, sign});
}

CapitalStock::CapitalStock(Economy const& economy, std::span<Run const> lanes,
                           Baseline const& baseline)
    : lanes_(lanes.size()) {
  auto const& space = economy.space();
  auto const& rows = baseline.rows;
  for (std::size_t s = 0; s < lanes.size(); ++s) {
    for (auto const& event : lanes[s].scenario->capital_losses) {
      Loss loss{s, event.day, event.share, event.rebuild_days, {}, {}, {}, {}, 0};
      for (auto const industry : event.industries) {
        loss.industries.push_back(industry.index());
        loss.capital.push_back(lanes[s].options->capital_per_value_added *
                               baseline.value_added[industry.index()]);
        loss.damage.push_back(0);
      }
      // Orders go where the final users of the damaged regions buy the rebuilding products.
      std::vector<bool> damaged(space.regions(), false);
      for (auto const industry : event.industries) {
        damaged[space.region_of(industry).index()] = true;
      }
      auto const wanted = [](auto const& list, auto id) {
        return list.empty() || std::find(list.begin(), list.end(), id) != list.end();
      };
      double total = 0;
      for (std::size_t row = 0; row < rows.size(); ++row) {
        IndustryId const seller{rows.industry_of(row)};
        if (!wanted(event.rebuilding_sectors, space.sector_of(seller)) ||
            !wanted(event.rebuilding_regions, space.region_of(seller))) {
          continue;
        }
        double weight = 0;
        for (std::size_t r = 0; r < space.regions(); ++r) {
          if (damaged[r]) weight += baseline.final_use(row, r);
        }
        if (weight <= 0) continue;
        loss.sources.emplace_back(row, weight);
        total += weight;
      }
      for (auto& [row, weight] : loss.sources) weight /= total;
      losses_.push_back(std::move(loss));
    }
  }
}

void CapitalStock::order(int day, double* orders) {
  for (auto& loss : losses_) {
    if (day == loss.day) {
      for (std::size_t k = 0; k < loss.damage.size(); ++k) {
        loss.damage[k] = loss.share * loss.capital[k];
      }
    }
    double left = 0;
    for (double const damage : loss.damage) left += damage;
    // A rate that falls with the damage left: no demand comes back once it is made good.
    loss.ordered = left / loss.rebuild_days * days_per_year;
    if (loss.ordered <= 0) continue;
    for (auto const& [row, share] : loss.sources) {
      orders[row * lanes_ + loss.lane] += loss.ordered * share;
    }
  }
}

void CapitalStock::repair(double const* ration) {
  for (auto& loss : losses_) {
    if (loss.ordered <= 0) continue;
    double arrived = 0;
    for (auto const& [row, share] : loss.sources)
      arrived += share * ration[row * lanes_ + loss.lane];
    double const left = std::max(0.0, 1 - arrived / loss.rebuild_days);
    for (double& damage : loss.damage) damage *= left;
  }
}

void CapitalStock::limit(double* share) const {
  for (auto const& loss : losses_) {
    for (std::size_t k = 0; k < loss.industries.size(); ++k) {
      if (loss.capital[k] <= 0) continue;
      share[loss.industries[k] * lanes_ + loss.lane] *=
          1 - std::min(1.0, loss.damage[k] / loss.capital[k]);
    }
  }
}

Reserves::Reserves(Economy const& economy, std::span<Run const> lanes, Baseline const& baseline)
    : lanes_(lanes.size()), baseline_(&baseline) {
  auto const& space = economy.space();
  for (std::size_t s = 0; s < lanes.size(); ++s) {
    for (auto const& reserve : lanes[s].scenario->reserves) {
      auto const p = reserve.sector.index();
      Entry entry{s,
                  p,
                  space.first_of(reserve.region).index(),
                  space.last_of(reserve.region).index(),
                  0,
                  0,
                  0,
                  reserve.from_day};
      for (auto f = entry.first; f < entry.last; ++f) {
        if (baseline.bought[p * space.size() + f]) {
          entry.use += baseline.use(p, f) * baseline.input_scale[f];
        }
      }
      entry.left = reserve.days * entry.use;
      entry.most_per_day = reserve.release_per_day * entry.use;
      reserves_.push_back(entry);
    }
  }
}

void Reserves::release(int day, std::size_t product, double const* ordered, double* received) {
  for (auto& reserve : reserves_) {
    if (reserve.product != product || day < reserve.from_day || reserve.left <= 0) continue;
    auto const n = baseline_->use.columns();
    auto const use = [&](std::size_t f) {
      return baseline_->bought[product * n + f]
                 ? baseline_->use(product, f) * baseline_->input_scale[f]
                 : 0.0;
    };
    double lacking = 0;
    for (auto f = reserve.first; f < reserve.last; ++f) {
      auto const i = f * lanes_ + reserve.lane;
      lacking += use(f) * std::max(0.0, ordered[i] - received[i]);
    }
    // What rounding leaves of an order that was met is not a shortage.
    if (lacking <= 1e-9 * reserve.use) continue;
    double const released = std::min({lacking, reserve.left, reserve.most_per_day});
    double const share = released / lacking;
    for (auto f = reserve.first; f < reserve.last; ++f) {
      auto const i = f * lanes_ + reserve.lane;
      if (use(f) > 0) received[i] += share * std::max(0.0, ordered[i] - received[i]);
    }
    reserve.left -= released;
  }
}

std::vector<double> Reserves::left() const {
  std::vector<double> result;
  for (auto const& each : reserves_) result.push_back(each.use > 0 ? each.left / each.use : 0.0);
  return result;
}

}  // namespace linchpin::disrupt
