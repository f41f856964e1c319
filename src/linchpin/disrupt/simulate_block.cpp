// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "linchpin/core/parallel.h"
#include "linchpin/disrupt/day_model.h"
#include "linchpin/disrupt/model.h"
#include "linchpin/disrupt/options.h"

namespace linchpin::disrupt {
namespace {

double ratio(double part, double whole) { return whole > 0 ? part / whole : 1.0; }

/// Shares of baseline by region, day by day, of one lane of a block.
class SummaryRecorder {
 public:
  SummaryRecorder(Economy const& economy, Baseline const& baseline, int days)
      : space_(&economy.space()), baseline_(&baseline) {
    auto const columns = static_cast<std::size_t>(days);
    for (auto* each :
         {&summary_.region_output, &summary_.region_value_added, &summary_.region_final_use}) {
      *each = DenseMatrix(space_->regions(), columns);
    }
    output_.assign(space_->regions(), 0.0);
    value_added_ = output_;
    final_use_ = output_;
    for (std::size_t i = 0; i < space_->size(); ++i) {
      auto const r = space_->region_of(IndustryId{i}).index();
      output_[r] += baseline.output[i];
      value_added_[r] += baseline.value_added[i];
      auto const uses = baseline.final_use.row(baseline.rows.row_of(i));
      for (std::size_t b = 0; b < uses.size(); ++b) final_use_[b] += uses[b];
    }
  }

  void record(DayModel const& model, std::size_t lane, int day) {
    auto const lanes = model.lanes();
    auto const column = static_cast<std::size_t>(day);
    for (std::size_t r = 0; r < space_->regions(); ++r) {
      RegionId const region{r};
      double output = 0;
      double value_added = 0;
      for (auto i = space_->first_of(region).index(); i < space_->last_of(region).index(); ++i) {
        double const share = model.output()[i * lanes + lane];
        output += baseline_->output[i] * share;
        value_added += baseline_->value_added[i] * share;
      }
      double used = 0;
      for (std::size_t p = 0; p < space_->sectors(); ++p) {
        used += model.delivered()(p, r * lanes + lane);
      }
      summary_.region_output(r, column) = ratio(output, output_[r]);
      summary_.region_value_added(r, column) = ratio(value_added, value_added_[r]);
      summary_.region_final_use(r, column) = ratio(used, final_use_[r]);
    }
  }

  Summary finish() {
    sum(summary_.region_output, output_, summary_.output_loss_pct);
    sum(summary_.region_value_added, value_added_, summary_.value_added_loss_pct);
    sum(summary_.region_final_use, final_use_, summary_.final_use_loss_pct);
    return std::move(summary_);
  }

 private:
  static void sum(DenseMatrix const& shares, DenseVector const& base, DenseVector& loss_pct) {
    double lost = 0;
    double whole = 0;
    auto const days = static_cast<double>(shares.columns());
    for (std::size_t r = 0; r < shares.rows(); ++r) {
      double days_lost = 0;
      for (double const share : shares.row(r)) days_lost += 1 - share;
      loss_pct.push_back(100 * days_lost / days);
      lost += base[r] * days_lost;
      whole += base[r] * days;
    }
    loss_pct.push_back(whole > 0 ? 100 * lost / whole : 0.0);
  }

  IndustrySpace const* space_;
  Baseline const* baseline_;
  DenseVector output_, value_added_, final_use_;
  Summary summary_;
};

/// First output or demand of a lane that is not a finite number.
std::optional<Error> not_finite(Economy const& economy, DayModel const& model, std::size_t lane,
                                int day) {
  for (std::size_t i = 0; i < economy.size(); ++i) {
    auto const k = i * model.lanes() + lane;
    if (std::isfinite(model.output()[k]) && std::isfinite(model.demand()[k])) continue;
    return Error{ErrorCode::not_finite,
                 fmt::format("output or demand is not a finite number on day {}", day),
                 economy.space().label(IndustryId{i}),
                 "look for extreme values in the table, or for a scenario under which everything "
                 "breaks down"};
  }
  return std::nullopt;
}

/// Runs of one block, at most most_lanes; adds their results at their places.
Result<void> run_lanes(Economy const& economy, std::span<Run const> runs,
                       std::shared_ptr<Baseline const> const& baseline, RunControl const& control,
                       std::function<void()> const& day_done,
                       std::span<std::optional<Result<Summary>>> results) {
  std::vector<Run> lanes(runs.begin(), runs.end());
  // Lanes that are there for the vectors' sake repeat the last run.
  while (lanes.size() > 1 && lanes.size() % lane_step != 0) lanes.push_back(lanes.back());
  DayModel model(economy, lanes, baseline);
  int const days = runs.front().options->days;
  std::vector<SummaryRecorder> recorders;
  for (std::size_t s = 0; s < runs.size(); ++s) recorders.emplace_back(economy, *baseline, days);
  for (int day = 0; day < days; ++day) {
    if (control.cancel.cancelled()) {
      return fail(ErrorCode::cancelled, fmt::format("stopped before day {}", day),
                  "a block of runs", "run it again");
    }
    if (auto const advanced = model.advance(day, control); !advanced) {
      return fail(advanced.error());
    }
    for (std::size_t s = 0; s < runs.size(); ++s) {
      if (results[s]) continue;  // failed on an earlier day
      if (auto error = not_finite(economy, model, s, day)) {
        results[s].emplace(tl::unexpected(*std::move(error)));
        continue;
      }
      recorders[s].record(model, s, day);
    }
    day_done();
  }
  for (std::size_t s = 0; s < runs.size(); ++s) {
    if (!results[s]) results[s].emplace(recorders[s].finish());
  }
  return {};
}

/// At most `wanted` runs side by side: fewer where what the options keep by pair of seller and
/// buyer would not fit into memory for all blocks under way at once. No answer depends on it.
std::size_t lanes_that_fit(IndustrySpace const& space, ModelOptions const& options,
                           std::size_t blocks_at_once, std::size_t wanted) {
  auto lanes = wanted;
  auto const at_once = static_cast<double>(blocks_at_once);
  while (lanes > 1 && pair_bytes(space, options, lanes) * at_once > most_path_bytes) {
    lanes = lanes > lane_step ? lane_step : 1;  // in between lanes are filled up to that
  }
  return lanes;
}

bool same_shape(ModelOptions const& a, ModelOptions const& b) {
  auto const delays = [](TransportDelay const& x, TransportDelay const& y) {
    return x.seller == y.seller && x.buyer == y.buyer && x.days == y.days;
  };
  auto const swaps = [](Substitution const& x, Substitution const& y) {
    return x.product == y.product && x.by == y.by && x.share == y.share;
  };
  return a.days == b.days && a.production == b.production && a.rationing == b.rationing &&
         a.order_base == b.order_base && a.order_rule == b.order_rule &&
         a.switching_speed == b.switching_speed && a.switching_cost == b.switching_cost &&
         a.criticality == b.criticality &&
         std::equal(a.substitutions.begin(), a.substitutions.end(), b.substitutions.begin(),
                    b.substitutions.end(), swaps) &&
         a.labour.active == b.labour.active && a.consumption.active == b.consumption.active &&
         std::equal(a.delays.begin(), a.delays.end(), b.delays.begin(), b.delays.end(), delays);
}

}  // namespace

Result<std::vector<Result<Summary>>> simulate_block(Economy const& economy,
                                                    std::vector<Run> const& runs,
                                                    RunControl const& control, std::size_t block) {
  std::vector<Result<Summary>> results;
  if (runs.empty()) return results;
  for (std::size_t k = 1; k < runs.size(); ++k) {
    if (same_shape(*runs[0].options, *runs[k].options)) continue;
    return fail(ErrorCode::size_mismatch,
                fmt::format("run {} differs from the first in what a block shares", k + 1),
                "a block of runs",
                "days, production, rationing, orders, order rule, delays and switching speed must "
                "be the same; run them on their own");
  }
  std::vector<std::optional<Result<Summary>>> places(runs.size());
  std::vector<std::size_t> valid;
  for (std::size_t k = 0; k < runs.size(); ++k) {
    auto const checked = check_request(economy.space(), *runs[k].scenario, *runs[k].options);
    if (checked) {
      valid.push_back(k);
    } else {
      places[k].emplace(tl::unexpected(checked.error()));
    }
  }
  auto made = make_baseline(economy);
  if (!made) return fail(made.error());
  auto const baseline = std::make_shared<Baseline const>(*std::move(made));

  // One matrix of shares per run: such runs go alone.
  bool const alone = !std::isinf(runs[0].options->switching_speed);
  auto const wanted =
      alone ? std::size_t{1} : std::min(block == 0 ? most_lanes : block, most_lanes);
  auto const machine = std::max(1U, std::thread::hardware_concurrency());
  auto const threads = control.threads == 0 ? machine : std::min(control.threads, machine);
  auto const size = lanes_that_fit(economy.space(), *runs[0].options, threads, wanted);
  auto const blocks = (valid.size() + size - 1) / size;
  RunControl const outer{control.threads, control.cancel, {}};
  RunControl const inner{blocks > 1 ? 1U : control.threads, control.cancel, {}};
  std::mutex mutex;
  std::size_t done = 0;
  auto const total = blocks * static_cast<std::size_t>(runs[0].options->days);
  auto const day_done = [&] {
    if (!control.progress) return;
    std::lock_guard const lock(mutex);
    control.report("simulating", ++done, total);
  };
  std::vector<Result<void>> ends(blocks);
  auto const ran = parallel_for(blocks, outer, "simulating", [&](std::size_t b) {
    auto const first = b * size;
    auto const count = std::min(size, valid.size() - first);
    std::vector<Run> lanes;
    std::vector<std::optional<Result<Summary>>> found(count);
    for (std::size_t k = 0; k < count; ++k) lanes.push_back(runs[valid[first + k]]);
    ends[b] = run_lanes(economy, lanes, baseline, inner, day_done, found);
    for (std::size_t k = 0; k < count; ++k) places[valid[first + k]] = std::move(found[k]);
  });
  if (!ran) return fail(ran.error());
  for (auto const& end : ends) {
    if (!end) return fail(end.error());
  }
  for (auto& place : places) results.push_back(*std::move(place));
  return results;
}

}  // namespace linchpin::disrupt
