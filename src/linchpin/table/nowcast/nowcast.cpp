// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/nowcast/nowcast.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "linchpin/core/parallel.h"
#include "linchpin/table/nowcast/nowcast_frame.h"
#include "linchpin/table/nowcast/nowcast_key.h"
#include "linchpin/table/nowcast/nowcast_seed.h"
#include "linchpin/table/nowcast/nowcast_table.h"
#include "linchpin/table/repair/ras.h"

namespace linchpin {
namespace {

using nowcasting::Frame;
using nowcasting::Seed;

/// Inputs of a region's industries, and how they came about.
struct Target {
  DenseVector inputs;
  double final_use = 0;
  double anchor_factor = 1, raise_factor = 1;
};

/// One region's share of the work; each is filled by one call, then read in order.
struct Part {
  Target target;
  Seed seed;
  ScalingReport scaling;
  std::optional<Error> error;
};

class Nowcast {
 public:
  Nowcast(NowcastInputs const& inputs, NowcastOptions const& options, RunControl const& control,
          Frame frame)
      : inputs_(inputs), options_(options), control_(control), frame_(std::move(frame)) {}

  Result<NowcastResult> run() {
    auto keys = nowcasting::make_keys(inputs_.keys, frame_);
    if (!keys) return fail(keys.error());
    keys_ = *std::move(keys);
    if (auto const done = find_shares(); !done) return fail(done.error());
    nowcasting::TableBuilder builder(inputs_, frame_);
    std::vector<Part> parts(frame_.regions.size());
    auto const done = parallel_for(parts.size(), control_, "balancing regions", [&](std::size_t r) {
      balance(r, parts[r]);
      if (parts[r].error) return;
      builder.set_importer(r, parts[r].seed.matrix);
      parts[r].seed.matrix = {};  // the table has it now
    });
    if (!done) return fail(done.error());
    ErrorList errors;
    for (auto& part : parts) {
      if (part.error) errors.add(*std::move(part.error));
    }
    if (!errors.empty()) return fail(errors.joined());
    NowcastResult result{builder.finish(), std::move(report_)};
    for (std::size_t r = 0; r < parts.size(); ++r) add_to_report(r, parts[r], result);
    return result;
  }

 private:
  /// Value-added shares of all regions, and total value added where an anchor gives it.
  Result<void> find_shares();
  Result<void> take_known(KnownShares const& known);
  [[nodiscard]] Target target_of(std::size_t region) const;
  void balance(std::size_t region, Part& part) const;
  void add_to_report(std::size_t region, Part const& part, NowcastResult& result) const;

  NowcastInputs const& inputs_;
  NowcastOptions const& options_;
  RunControl const& control_;
  Frame frame_;
  nowcasting::SectorKeys keys_;
  DenseMatrix shares_;                           // region x sector
  std::vector<std::optional<double>> anchored_;  // value added by region
  NowcastReport report_;
};

Result<void> Nowcast::take_known(KnownShares const& known) {
  auto const region = find_labels({known.region}, frame_.regions, "region", "value-added shares");
  if (!region) return fail(region.error());
  if (known.shares.size() != frame_.sectors.size()) {
    return fail(ErrorCode::size_mismatch,
                fmt::format("{} value-added shares for {} sectors", known.shares.size(),
                            frame_.sectors.size()),
                known.region, "give one per sector of the result, or none");
  }
  for (std::size_t t = 0; t < known.shares.size(); ++t) {
    if (known.shares[t]) shares_(region->front(), t) = *known.shares[t];
  }
  return {};
}

Result<void> Nowcast::find_shares() {
  auto const T = frame_.sectors.size();
  shares_ = DenseMatrix(frame_.regions.size(), T);
  anchored_.resize(frame_.regions.size());
  for (std::size_t r = 0; r < frame_.regions.size(); ++r) {
    for (std::size_t t = 0; t < T; ++t) {
      auto const row = frame_.base_row(frame_.technology_of[r], frame_.group_of[t]);
      shares_(r, t) = frame_.value_added_share[row];
      if (frame_.output(r, t) <= 0) {
        ++report_.empty_industries;
      } else if (frame_.share_borrowed[row] != 0) {
        report_.borrowed_shares.push_back(frame_.industry(r, t));
      }
    }
  }
  ErrorList errors;
  for (auto const& national : inputs_.anchors) {
    auto const anchor = anchor_of(national, frame_.sectors);
    auto const taken = anchor ? take_known(anchor->known) : Result<void>(fail(anchor.error()));
    if (!taken) {
      errors.add(taken.error());
      continue;
    }
    bool const same_money =
        anchor->year == inputs_.cube.year && anchor->unit.currency == inputs_.cube.unit.currency;
    if (!options_.meet_anchor_totals || !same_money || anchor->unit.currency.empty()) continue;
    auto const region = std::find(frame_.regions.begin(), frame_.regions.end(), national.region);
    anchored_[static_cast<std::size_t>(region - frame_.regions.begin())] =
        anchor->value_added * anchor->unit.scale / inputs_.cube.unit.scale;
  }
  for (auto const& known : inputs_.known_shares) {
    if (auto const taken = take_known(known); !taken) errors.add(taken.error());
  }
  if (!errors.empty()) return fail(errors.joined());
  return {};
}

Target Nowcast::target_of(std::size_t region) const {
  auto const output = frame_.output.row(region);
  auto const absorption = frame_.absorption.row(region);
  double const absorbed = std::accumulate(absorption.begin(), absorption.end(), 0.0);
  double const produced = std::accumulate(output.begin(), output.end(), 0.0);
  Target target;
  double total = 0;
  for (std::size_t t = 0; t < output.size(); ++t) {
    target.inputs.push_back(output[t] * std::max(0.0, 1 - shares_(region, t)));
    total += target.inputs.back();
  }
  double factor = 1;
  if (anchored_[region] && total > 0) {
    factor = target.anchor_factor = (produced - *anchored_[region]) / total;
  }
  double const most = (1 - options_.least_final_use) * absorbed;
  if (total * factor > most) {
    target.raise_factor = most / (total * factor);
    factor *= target.raise_factor;
  }
  total = 0;
  for (auto& inputs : target.inputs) total += inputs *= factor;
  target.final_use = absorbed - total;
  return target;
}

void Nowcast::balance(std::size_t region, Part& part) const {
  part.target = target_of(region);
  auto const& name = frame_.regions[region];
  if (part.target.anchor_factor <= 0) {
    part.error = Error{ErrorCode::bad_value, "the anchor's value added exceeds the cube's output",
                       name, "check that both have the same year and unit"};
    return;
  }
  part.seed = nowcasting::make_seed(frame_, keys_.of(region), region, part.target.inputs);
  auto const T = frame_.sectors.size();
  DenseVector rows;
  for (std::size_t e = 0; e < frame_.regions.size(); ++e) {
    auto const sales = frame_.sales_to(e, region);
    rows.insert(rows.end(), sales.begin(), sales.end());
  }
  DenseVector columns = part.target.inputs;
  columns.push_back(part.target.final_use);
  ScalingOptions scaling{options_.tolerance, 1e-9, options_.most_iterations, {}};
  scaling.names.where = "purchases of " + name;
  scaling.names.row = [&](std::size_t i) { return frame_.industry(i / T, i % T); };
  scaling.names.column = [&](std::size_t j) {
    return j < T ? "inputs of " + frame_.industry(region, j) : "final use of " + name;
  };
  RunControl serial;  // regions are what runs in parallel
  serial.threads = 1;
  serial.cancel = control_.cancel;
  auto report = ras(part.seed.matrix, rows, columns, scaling, serial);
  if (!report) {
    part.error = report.error();
  } else {
    part.scaling = *std::move(report);
  }
}

void Nowcast::add_to_report(std::size_t region, Part const& part, NowcastResult& result) const {
  auto& report = result.report;
  auto const output = frame_.output.row(region);
  auto const absorption = frame_.absorption.row(region);
  NowcastImporter importer;
  importer.region = frame_.regions[region];
  importer.technology = inputs_.base.labels.regions[frame_.technology_of[region]].label;
  importer.borrowed = frame_.own[region] == 0;
  importer.output = std::accumulate(output.begin(), output.end(), 0.0);
  importer.absorption = std::accumulate(absorption.begin(), absorption.end(), 0.0);
  importer.final_use = part.target.final_use;
  importer.value_added =
      importer.output - std::accumulate(part.target.inputs.begin(), part.target.inputs.end(), 0.0);
  importer.anchor_factor = part.target.anchor_factor;
  importer.raise_factor = part.target.raise_factor;
  importer.iterations = part.scaling.iterations;
  importer.row_error = part.scaling.row_error;
  importer.column_error = part.scaling.column_error;
  importer.emptied_cells = part.scaling.emptied_cells;
  report.importers.push_back(std::move(importer));
  report.flows += part.seed.flows;
  report.pooled_flows += part.seed.pooled_flows;
  report.pooled_value += part.seed.pooled_value;
  report.world_flows += part.seed.world_flows;
  report.world_value += part.seed.world_value;
  for (auto const t : part.seed.filled) {
    report.filled_industries.push_back(frame_.industry(region, t));
  }
}

}  // namespace

Result<NowcastResult> nowcast(NowcastInputs const& inputs, NowcastOptions const& options,
                              RunControl const& control) {
  auto frame = nowcasting::lay_out(inputs);
  if (!frame) return fail(frame.error());
  return Nowcast(inputs, options, control, *std::move(frame)).run();
}

}  // namespace linchpin
