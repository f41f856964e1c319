// SPDX-License-Identifier: Apache-2.0
#include "linchpin/disrupt/day_model.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "linchpin/core/parallel.h"
#include "linchpin/disrupt/final_use_shares.h"

namespace linchpin::disrupt {
namespace {

/// Below this many cells a day is so short that handing work to threads costs more than it gains.
constexpr std::size_t parallel_from = 1'000'000;
/// The two branches of overproduction do not meet at zero, so rounding must not choose between
/// them.
constexpr double least_scarcity = 1e-12;
/// Buyers whose stocks are settled together, so that their limits stay in the cache.
constexpr std::size_t settle_chunk = 256;

std::vector<Scenario const*> scenarios_of(std::span<Run const> lanes) {
  std::vector<Scenario const*> result;
  for (auto const& lane : lanes) result.push_back(lane.scenario);
  return result;
}

}  // namespace

DayModel::DayModel(Economy const& economy, Scenario const& scenario, ModelOptions const& options,
                   Baseline baseline)
    : DayModel(economy, std::array{Run{&scenario, &options}},
               std::make_shared<Baseline const>(std::move(baseline))) {}

DayModel::DayModel(Economy const& economy, std::span<Run const> lanes,
                   std::shared_ptr<Baseline const> baseline)
    : economy_(economy),
      baseline_(std::move(baseline)),
      lanes_(lanes.size()),
      options_(*lanes.front().options),
      numbers_(economy.space(), lanes),
      scenarios_(scenarios_of(lanes)),
      cuts_(economy, scenarios_, *baseline_),
      capacity_(lanes_),
      labour_(lanes_),
      demand_shifts_(lanes_),
      capital_(economy, lanes, *baseline_),
      reserves_(economy, lanes, *baseline_),
      households_(economy, lanes, *baseline_),
      transport_(economy.space(), options_, lanes_),
      shares_(economy, options_, *baseline_),
      weighted_(options_.order_rule != OrderRule::fixed && !shares_.active()),
      home_first_(options_.rationing == Rationing::domestic_first),
      government_first_(options_.rationing == Rationing::government_first),
      stale_(economy.space().sectors(), false) {
  auto const cells = economy.size() * lanes_;
  for (auto* each : {&weight_, &next_weight_, &sent_, &ration_, &output_, &optimal_,
                     &overproduction_, &capacity_share_, &workers_, &worker_cap_, &limit_,
                     &orders_from_, &orders_used_, &orders_demand_}) {
    each->assign(cells, 1.0);
  }
  for (auto* each : {&final_booked_, &final_sum_, &demand_}) each->assign(cells, 0.0);
  if (home_first_) {
    for (auto* each : {&sent_home_, &ration_home_}) each->assign(cells, 1.0);
    home_booked_.assign(cells, 0.0);
  }
  if (government_first_) {
    government_ =
        category_shares(economy, *baseline_, government_categories(economy.table().labels));
    ration_government_.assign(cells, 1.0);
    government_booked_.assign(cells, 0.0);
  }
  if (capital_.active()) {
    rebuilding_.assign(cells, 0.0);
    rebuilt_.assign(cells, -1.0);
  }
  one_by_one_.assign(cells, 0);
  random_seeds_.reserve(lanes_);
  for (auto const& lane : lanes) random_seeds_.push_back(lane.options->rationing_seed);
  add_events();
  start_stocks();
  start_final_use();
  find_bands();
  start_transport();
  if (lanes_ == 1) binding_.assign(economy.size(), 0);
}

void DayModel::add_events() {
  auto const& space = economy_.space();
  auto const industries = [](auto const& event, auto&& add) {
    for (auto const industry : event.industries) add(industry.index(), event.course);
  };
  for (std::size_t s = 0; s < lanes_; ++s) {
    for (auto const& loss : scenarios_[s]->capacity_losses) {
      industries(loss, [&](auto i, auto const& course) { capacity_.add(i, s, course, -1); });
    }
    for (auto const& shock : scenarios_[s]->labour_shocks) {
      industries(shock, [&](auto i, auto const& course) { labour_.add(i, s, course, -1); });
    }
    for (auto const& shift : scenarios_[s]->demand_shifts) {
      std::vector<std::size_t> sectors;
      for (auto const sector : shift.sectors) sectors.push_back(sector.index());
      if (sectors.empty()) {
        sectors.resize(space.sectors());
        std::iota(sectors.begin(), sectors.end(), std::size_t{0});
      }
      for (auto const region : shift.regions) {
        for (auto const p : sectors) {
          demand_shifts_.add(p * space.regions() + region.index(), s, shift.course,
                             shift.rises ? 1 : -1);
        }
      }
    }
  }
  if (!demand_shifts_.empty()) wanted_.assign(space.sectors() * space.regions() * lanes_, 1.0);
  changed_use_.assign(space.sectors(), false);
  was_changed_.assign(space.sectors(), false);
}

/// Stocks and what the suppliers of a product add up to; summed by the kernels that run every day,
/// so that without a shock every ratio is exactly 1.
void DayModel::start_stocks() {
  constexpr double never = std::numeric_limits<double>::infinity();
  auto const products = economy_.space().sectors();
  auto const n = economy_.size();
  stock_ = DenseMatrix(products, n * lanes_);
  received_ = DenseMatrix(products, n * lanes_);
  if (weighted_) reachable_ = DenseMatrix(products, n * lanes_);
  for (std::size_t p = 0; p < products; ++p) {
    for (std::size_t f = 0; f < n; ++f) {
      bool const bought = baseline_->bought[p * n + f];
      for (std::size_t s = 0; s < lanes_; ++s) {
        stock_(p, f * lanes_ + s) = bought ? numbers_.goal[p * lanes_ + s] : never;
        if (weighted_) reachable_(p, f * lanes_ + s) = baseline_->use(p, f);
      }
    }
  }
  set_limits(0, n);
}

void DayModel::start_final_use() {
  auto const regions = economy_.space().regions();
  auto const& rows = baseline_->rows;
  all_rows_.resize(rows.size());
  std::iota(all_rows_.begin(), all_rows_.end(), std::uint32_t{0});
  for (std::size_t row = 0; row < rows.size(); ++row) {
    auto const uses = baseline_->final_use.row(row);
    double const sum = ordered_sum(uses.data(), regions);
    for (std::size_t s = 0; s < lanes_; ++s) {
      final_sum_[row * lanes_ + s] = sum;
      final_booked_[row * lanes_ + s] = sum;
      if (home_first_) {
        home_booked_[row * lanes_ + s] = uses[region_of_row(row)];
      }
      for (std::size_t r = 0; government_first_ && r < regions; ++r) {
        government_booked_[row * lanes_ + s] += government_(row, r) * uses[r];
      }
    }
  }
  pair_of_.assign(rows.products() * regions, 0);
  std::size_t start = 0;
  auto const& pairs = cuts_.final_pairs();
  for (std::size_t k = 0; k < pairs.size(); ++k) {
    pair_of_[pairs[k].product * regions + pairs[k].region] = k + 1;
    pair_start_.push_back(start);
    start += rows.last(pairs[k].product) - rows.first(pairs[k].product);
  }
  pair_booked_.assign(start * lanes_, 0.0);
  pair_active_.assign(pairs.size() * lanes_, 0);
  if (shares_.active()) pair_share_.assign(start * lanes_, -1.0);
  served_final_.resize(rows.products());
  delivered_ = DenseMatrix(rows.products(), regions * lanes_);
  base_delivered_ = DenseMatrix(rows.products(), regions);
  for (std::size_t p = 0; p < rows.products(); ++p) {
    deliver_final_use(p);
    for (std::size_t r = 0; r < regions; ++r) base_delivered_(p, r) = delivered_(p, r * lanes_);
  }
}

/// What is under way at the start: the baseline's deliveries of the days before.
void DayModel::start_transport() {
  if (!transport_.active()) return;
  auto const& rows = baseline_->rows;
  auto const& space = economy_.space();
  for (std::size_t row = 0; row < rows.size(); ++row) {
    IndustryId const seller{rows.industry_of(row)};
    auto const p = space.sector_of(seller).index();
    auto const flows = economy_.flows().row(seller);
    for (std::size_t r = 0; r < space.regions(); ++r) {
      int const delay = transport_.between(region_of_row(row), r);
      for (int slot = 0; slot < delay; ++slot) {
        double* const arrivals = transport_.arrivals(0, slot, p);
        double* const used = transport_.final_arrivals(0, slot, p);
        for (std::size_t s = 0; s < lanes_; ++s) {
          for (auto f = space.first_of(RegionId{r}).index(); f < space.last_of(RegionId{r}).index();
               ++f) {
            arrivals[f * lanes_ + s] += flows[f] / baseline_->use(p, f);
          }
          used[r * lanes_ + s] += baseline_->final_use(row, r);
        }
      }
    }
  }
}

std::size_t DayModel::region_of_row(std::size_t row) const noexcept {
  return economy_.space().region_of(IndustryId{baseline_->rows.industry_of(row)}).index();
}

Result<void> DayModel::advance(int day, RunControl const& control) {
  begin_day(day);
  RunControl quiet{control.threads, control.cancel, {}};
  auto const n = economy_.size();
  if (n * n * lanes_ < parallel_from) quiet.threads = 1;
  auto const products = baseline_->rows.products();
  auto const traded =
      parallel_for(products, quiet, "simulate", [&](auto p) { run_product(p, day); });
  if (!traded) return traded;
  move_workers();
  auto const chunks = (n + settle_chunk - 1) / settle_chunk;
  auto const settled = parallel_for(chunks, quiet, "simulate", [&](auto chunk) {
    auto const first = chunk * settle_chunk;
    auto const last = std::min(n, first + settle_chunk);
    settle(first, last);
    adapt_overproduction(first, last);
    remember(first, last);
  });
  if (!settled) return settled;
  std::swap(weight_, next_weight_);
  std::fill(stale_.begin(), stale_.end(), false);
  shares_.end_day();
  if (capital_.active()) {
    for (std::size_t row = 0; row < n; ++row) {
      for (std::size_t s = 0; s < lanes_; ++s) {
        rebuilt_[row * lanes_ + s] = rebuilt_share(row, s);
      }
    }
    capital_.repair(rebuilt_.data());
  }
  return {};
}

/// Everything that a date changes, before orders are booked.
void DayModel::begin_day(int day) {
  auto const& space = economy_.space();
  cuts_.set_day(day);
  if (cuts_.any_change()) {
    for (auto const& link : cuts_.links()) {
      IndustryId const seller{baseline_->rows.industry_of(link.row)};
      if (cuts_.changed(link.group)) stale_[space.sector_of(seller).index()] = true;
    }
  }
  auto const set = [this](DenseVector& target) {
    return [this, &target](std::size_t place, std::size_t lane, double factor) {
      target[place * lanes_ + lane] = factor;
    };
  };
  if (capital_.active()) {
    std::fill(rebuilding_.begin(), rebuilding_.end(), 0.0);
    capital_.order(day, rebuilding_.data());
    std::fill(capacity_share_.begin(), capacity_share_.end(), 1.0);
  }
  capacity_.each(day, set(capacity_share_));
  capital_.limit(capacity_share_.data());
  labour_.each(day, set(worker_cap_));
  if (!labour_.empty() || options_.labour.active) {
    for (std::size_t i = 0; i < workers_.size(); ++i) {
      workers_[i] = options_.labour.active ? std::min(workers_[i], worker_cap_[i]) : worker_cap_[i];
    }
  }
  if (day > 0) households_.adjust(output_);
  std::swap(changed_use_, was_changed_);
  std::fill(changed_use_.begin(), changed_use_.end(), households_.active());
  demand_shifts_.each(day, [&](std::size_t place, std::size_t lane, double factor) {
    wanted_[place * lanes_ + lane] = factor;
    if (factor != 1) changed_use_[place / space.regions()] = true;
  });
  book_pairs();
  for (std::size_t p = 0; p < changed_use_.size(); ++p) {
    if (changed_use_[p] || was_changed_[p] || capital_.active()) sum_final_use(p);
  }
  shares_.start_day();
}

/// Labour is hired and fired towards what stocks and orders allow (Pichler et al. 2022).
void DayModel::move_workers() {
  if (!options_.labour.active) return;
  for (std::size_t i = 0; i < economy_.size(); ++i) {
    double const base = baseline_->output[i];
    if (base <= 0) continue;
    for (std::size_t s = 0; s < lanes_; ++s) {
      auto const k = i * lanes_ + s;
      double const capacity = overproduction_[k] * capacity_share_[k] * workers_[k];
      double const missing = std::min(limit_[k], demand_[k] / base) - capacity;
      double const days = missing > 0 ? numbers_.hire[s] : numbers_.fire[s];
      workers_[k] = std::clamp(workers_[k] + missing / days, 0.0, worker_cap_[k]);
    }
  }
}

/// Stocks of some buyers after the day, and the output they allow tomorrow.
void DayModel::settle(std::size_t first, std::size_t last) {
  auto const from = first * lanes_;
  auto const count = (last - first) * lanes_;
  use_substitutes(first, last);
  for (std::size_t p = 0; p < stock_.rows(); ++p) {
    restock(count, received_.row(p).data() + from, output_.data() + from,
            stock_.row(p).data() + from);
  }
  set_limits(first, last);
}

/// Overproduction adapts to what could not be delivered.
void DayModel::adapt_overproduction(std::size_t first, std::size_t last) {
  for (auto i = first; i < last; ++i) {
    auto const product = economy_.space().sector_of(IndustryId{i}).index();
    for (std::size_t s = 0; s < lanes_; ++s) {
      auto const k = i * lanes_ + s;
      double const made = output_[k] * baseline_->output[i];
      double const scarcity = demand_[k] > 0 ? (demand_[k] - made) / demand_[k] : 0.0;
      double& alpha = overproduction_[k];
      if (scarcity > least_scarcity) {
        alpha += (numbers_.ceiling[product * lanes_ + s] - alpha) * scarcity * numbers_.pace[s];
      } else {
        alpha += (1 - alpha) * numbers_.pace[s];
      }
    }
  }
}

/// Keeps what tomorrow's orders come from.
void DayModel::remember(std::size_t first, std::size_t last) {
  auto const from = first * lanes_;
  auto const count = (last - first) * lanes_;
  std::copy_n(optimal_.data() + from, count, orders_from_.data() + from);
  std::copy_n(output_.data() + from, count, orders_used_.data() + from);
  if (options_.order_base != OrderBase::demand) return;
  for (auto i = first; i < last; ++i) {
    double const base = baseline_->output[i];
    for (std::size_t s = 0; s < lanes_; ++s) {
      orders_demand_[i * lanes_ + s] = base > 0 ? demand_[i * lanes_ + s] / base : 1.0;
    }
  }
}

}  // namespace linchpin::disrupt
