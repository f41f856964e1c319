// SPDX-License-Identifier: Apache-2.0
#include "linchpin/disrupt/path_recorder.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

namespace linchpin::disrupt {
namespace {

constexpr double days_per_year = 365;

/// `share` of nothing is 1: no change.
double ratio(double part, double whole) { return whole > 0 ? part / whole : 1.0; }

/// Losses summed over the days of each row of `relative`, in money and in per cent.
void sum_loss(DenseMatrix const& relative, DenseVector const& baseline, DenseVector& loss,
              DenseVector& loss_pct) {
  auto const rows = relative.rows();
  loss.assign(rows, 0.0);
  loss_pct.assign(rows, 0.0);
  for (std::size_t i = 0; i < rows; ++i) {
    double days_lost = 0;
    for (double const share : relative.row(i)) days_lost += 1 - share;
    loss[i] = baseline[i] * days_lost;
    loss_pct[i] = 100 * days_lost / static_cast<double>(relative.columns());
  }
}

double total(DenseVector const& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

double world_loss_pct(DenseVector const& loss, DenseVector const& baseline, int days) {
  double const whole = total(baseline) * days;
  return whole > 0 ? 100 * total(loss) / whole : 0.0;
}

}  // namespace

PathRecorder::PathRecorder(Economy const& economy, DayModel const& model,
                           ModelOptions const& options)
    : space_(&economy.space()),
      recovery_threshold_(options.recovery_threshold),
      base_use_(model.baseline_final_use()),
      value_added_(model.baseline().value_added),
      least_stock_(space_->sectors(), space_->size()),
      least_stock_day_(space_->sectors() * space_->size(), 0),
      was_short_(space_->size(), false) {
  auto const n = space_->size();
  auto const regions = space_->regions();
  auto const days = static_cast<std::size_t>(options.days);
  auto stocks = least_stock_.values();
  std::fill(stocks.begin(), stocks.end(), std::numeric_limits<double>::infinity());

  path_.days = options.days;
  path_.baseline = model.baseline().report;
  path_.output_relative = DenseMatrix(n, days);
  path_.region_output = DenseMatrix(regions, days);
  path_.region_value_added = DenseMatrix(regions, days);
  path_.region_final_use = DenseMatrix(regions, days);
  path_.final_use_relative = DenseMatrix(regions * space_->sectors(), days);
  path_.output_baseline.assign(n, 0.0);
  path_.unmet_demand.assign(n, 0.0);
  path_.region_output_baseline.assign(regions, 0.0);
  path_.region_value_added_baseline.assign(regions, 0.0);
  path_.region_final_use_baseline.assign(regions, 0.0);
  for (double& each : value_added_) each /= days_per_year;
  for (std::size_t i = 0; i < n; ++i) {
    auto const r = space_->region_of(IndustryId{i}).index();
    path_.output_baseline[i] = model.baseline().output[i] / days_per_year;
    path_.region_output_baseline[r] += path_.output_baseline[i];
    path_.region_value_added_baseline[r] += value_added_[i];
  }
  for (double& each : base_use_.values()) each /= days_per_year;
  for (std::size_t p = 0; p < space_->sectors(); ++p) {
    for (std::size_t r = 0; r < regions; ++r) path_.region_final_use_baseline[r] += base_use_(p, r);
  }
}

void PathRecorder::before_day(DayModel const& model, int day) {
  auto const stock = model.stock().values();
  auto const least = least_stock_.values();
  for (std::size_t k = 0; k < least.size(); ++k) {
    if (stock[k] < least[k]) {
      least[k] = stock[k];
      least_stock_day_[k] = day;
    }
  }
}

void PathRecorder::after_day(DayModel const& model, int day) {
  auto const column = static_cast<std::size_t>(day);
  for (std::size_t i = 0; i < space_->size(); ++i) {
    path_.output_relative(i, column) = model.output()[i];
  }
  record_regions(model, column);
  find_shortages(model, day);
  for (std::size_t i = 0; i < space_->size(); ++i) {
    double const made = model.output()[i] * model.baseline().output[i];
    path_.unmet_demand[i] += std::max(0.0, model.demand()[i] - made) / days_per_year;
  }
  auto const& cost = model.switching_cost();
  path_.region_switching_cost.resize(cost.size(), 0.0);
  for (std::size_t r = 0; r < cost.size(); ++r) {
    path_.region_switching_cost[r] += cost[r] / days_per_year;
  }
  path_.reserves_left = model.reserves_left();
}

void PathRecorder::record_regions(DayModel const& model, std::size_t day) {
  for (std::size_t r = 0; r < space_->regions(); ++r) {
    RegionId const region{r};
    double output = 0;
    double value_added = 0;
    for (auto i = space_->first_of(region).index(); i < space_->last_of(region).index(); ++i) {
      output += path_.output_baseline[i] * model.output()[i];
      value_added += value_added_[i] * model.output()[i];
    }
    path_.region_output(r, day) = ratio(output, path_.region_output_baseline[r]);
    path_.region_value_added(r, day) = ratio(value_added, path_.region_value_added_baseline[r]);
    double used = 0;
    for (std::size_t p = 0; p < space_->sectors(); ++p) {
      double const share = ratio(model.delivered()(p, r), model.baseline_final_use()(p, r));
      path_.final_use_relative(r * space_->sectors() + p, day) = share;
      used += base_use_(p, r) * share;
    }
    path_.region_final_use(r, day) = ratio(used, path_.region_final_use_baseline[r]);
  }
}

void PathRecorder::find_shortages(DayModel const& model, int day) {
  for (std::size_t i = 0; i < space_->size(); ++i) {
    if (was_short_[i] || !model.short_of_input(i)) continue;
    was_short_[i] = true;
    path_.shortages.push_back({IndustryId{i}, SectorId{model.binding_product(i)}, day, 0.0, 0});
  }
}

void PathRecorder::sum_losses() {
  auto& path = path_;
  sum_loss(path.output_relative, path.output_baseline, path.output_loss, path.output_loss_pct);
  for (std::size_t i = 0; i < space_->size(); ++i) {
    double const base = path.output_baseline[i];
    path.value_added_loss.push_back(base > 0 ? path.output_loss[i] * value_added_[i] / base : 0.0);
  }
  sum_loss(path.region_output, path.region_output_baseline, path.region_output_loss,
           path.region_output_loss_pct);
  sum_loss(path.region_value_added, path.region_value_added_baseline, path.region_value_added_loss,
           path.region_value_added_loss_pct);
  sum_loss(path.region_final_use, path.region_final_use_baseline, path.region_final_use_loss,
           path.region_final_use_loss_pct);
  path.world_output_loss_pct =
      world_loss_pct(path.region_output_loss, path.region_output_baseline, path.days);
  path.world_value_added_loss_pct =
      world_loss_pct(path.region_value_added_loss, path.region_value_added_baseline, path.days);
  path.world_final_use_loss_pct =
      world_loss_pct(path.region_final_use_loss, path.region_final_use_baseline, path.days);
}

void PathRecorder::find_recovery() {
  for (std::size_t r = 0; r < space_->regions(); ++r) {
    std::optional<int> recovery = 0;
    for (int day = path_.days - 1; day >= 0; --day) {
      if (path_.region_output(r, static_cast<std::size_t>(day)) >= recovery_threshold_) continue;
      recovery = day + 1 < path_.days ? std::optional<int>{day + 1} : std::nullopt;
      break;
    }
    path_.region_recovery_day.push_back(recovery);
  }
}

void PathRecorder::find_least_stocks() {
  path_.inventory_days_left = DenseMatrix(space_->regions(), space_->sectors());
  auto left = path_.inventory_days_left.values();
  std::fill(left.begin(), left.end(), std::numeric_limits<double>::infinity());
  for (std::size_t p = 0; p < space_->sectors(); ++p) {
    for (std::size_t i = 0; i < space_->size(); ++i) {
      double& least = path_.inventory_days_left(space_->region_of(IndustryId{i}).index(), p);
      least = std::min(least, least_stock_(p, i));
    }
  }
  for (auto& shortage : path_.shortages) {
    auto const p = shortage.product.index();
    auto const i = shortage.industry.index();
    shortage.lowest_inventory_days = least_stock_(p, i);
    shortage.lowest_inventory_day = least_stock_day_[p * space_->size() + i];
  }
}

Path PathRecorder::finish() {
  sum_losses();
  find_recovery();
  find_least_stocks();
  return std::move(path_);
}

}  // namespace linchpin::disrupt
