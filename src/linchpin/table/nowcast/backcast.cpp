// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/nowcast/backcast.h"

#include <optional>
#include <utility>

#include "linchpin/table/aggregate.h"
#include "linchpin/table/nowcast/backcast_measures.h"

namespace linchpin {
namespace {

using backcasting::measure;
using backcasting::Measures;
using backcasting::percentage_error;

std::vector<std::string> region_codes(TableLabels const& labels) {
  std::vector<std::string> codes;
  for (auto const& region : labels.regions) codes.push_back(region.label);
  return codes;
}

/// Row sums of Z and Y: published output is rounded apart from them.
DenseVector sales_of(Table const& table) {
  DenseVector sales(table.size(), 0.0);
  for (std::size_t i = 0; i < table.size(); ++i) {
    table.Z.for_each(i, [&](std::size_t /*j*/, double flow) { sales[i] += flow; });
    for (double const use : table.Y.row(i)) sales[i] += use;
  }
  return sales;
}

DenseVector inputs_of(Table const& table) {
  DenseVector inputs(table.size(), 0.0);
  for (std::size_t i = 0; i < table.size(); ++i) {
    table.Z.for_each(i, [&](std::size_t j, double flow) { inputs[j] += flow; });
  }
  return inputs;
}

/// Value-added shares by region and sector.
std::vector<KnownShares> true_shares(Table const& truth, DenseVector const& output) {
  std::vector<KnownShares> result;
  for (auto const& region : truth.labels.regions) {
    result.push_back({region.label, {}});
    result.back().shares.resize(truth.labels.sectors.size());
  }
  auto const inputs = inputs_of(truth);
  for (std::size_t j = 0; j < truth.size(); ++j) {
    auto const& key = truth.labels.industries[j];
    if (output[j] > 0) {
      result[key.region.index()].shares[key.sector.index()] = 1 - inputs[j] / output[j];
    }
  }
  return result;
}

DenseMatrix unchanged_flows(Table const& base, DenseVector const& base_output,
                            DenseVector const& output) {
  DenseMatrix Z(base.size(), base.size());
  for (std::size_t i = 0; i < base.size(); ++i) {
    base.Z.for_each(i, [&](std::size_t j, double flow) {
      if (base_output[j] > 0) Z(i, j) = flow / base_output[j] * output[j];
    });
  }
  return Z;
}

/// Cells that count for one comparison; others are zero on both sides.
template <class Takes>
DenseVector chosen(Measures const& measures, TableLabels const& labels, Takes takes) {
  DenseVector cells;
  auto const n = labels.industries.size();
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      if (takes(labels.industries[i].region, labels.industries[j].region)) {
        cells.push_back(measures.Z(i, j));
      }
    }
  }
  return cells;
}

class Comparison {
 public:
  Comparison(TableLabels const& labels, DenseVector const& output, Measures truth,
             std::vector<std::size_t> regions)
      : labels_(labels), output_(output), truth_(std::move(truth)), regions_(std::move(regions)) {}

  [[nodiscard]] BackcastErrors errors(std::string method, Measures const& estimate) const {
    BackcastErrors result;
    result.method = std::move(method);
    result.cells = percentage_error(estimate.Z.values(), truth_.Z.values());
    auto const imports = [](RegionId seller, RegionId buyer) { return seller != buyer; };
    result.import_cells =
        percentage_error(chosen(estimate, labels_, imports), chosen(truth_, labels_, imports));
    result.multipliers =
        percentage_error(weighted(estimate.multipliers), weighted(truth_.multipliers));
    for (std::size_t k = 0; k < regions_.size(); ++k) {
      result.reliance.push_back(
          reliance_error(regions_[k], estimate.reliance[k], truth_.reliance[k]));
      auto const parts = static_cast<double>(regions_.size());
      result.mean_reliance_by_region += result.reliance.back().by_region / parts;
      result.mean_reliance_by_industry += result.reliance.back().by_industry / parts;
    }
    return result;
  }

 private:
  /// An industry counts as much as it produces.
  [[nodiscard]] DenseVector weighted(DenseVector multipliers) const {
    for (std::size_t i = 0; i < multipliers.size(); ++i) multipliers[i] *= output_[i];
    return multipliers;
  }
  [[nodiscard]] RelianceError reliance_error(std::size_t buyer, DenseVector estimate,
                                             DenseVector truth) const {
    auto const G = labels_.regions.size();
    DenseVector estimate_by_region(G, 0.0), truth_by_region(G, 0.0);
    for (std::size_t i = 0; i < truth.size(); ++i) {
      auto const seller = labels_.industries[i].region.index();
      if (seller == buyer) estimate[i] = truth[i] = 0;
      estimate_by_region[seller] += estimate[i];
      truth_by_region[seller] += truth[i];
    }
    return {labels_.regions[buyer].label, percentage_error(estimate_by_region, truth_by_region),
            percentage_error(estimate, truth)};
  }

  TableLabels const& labels_;
  DenseVector const& output_;
  Measures truth_;
  std::vector<std::size_t> regions_;
};

}  // namespace

Result<BackcastReport> backcast(Table const& base_table, Table const& truth_table,
                                Mapping const& sectors, BackcastOptions const& options,
                                RunControl const& control) {
  auto const base = aggregate(base_table, nullptr, &sectors);
  if (!base) return fail(base.error());
  auto const truth = aggregate(truth_table, nullptr, &sectors);
  if (!truth) return fail(truth.error());
  auto const& labels = truth->labels;
  auto const regions = region_codes(labels);
  if (regions != region_codes(base->labels) || sector_codes(labels) != sector_codes(base->labels) ||
      labels.industries != base->labels.industries) {
    return fail(ErrorCode::size_mismatch, "the two tables have different regions or sectors",
                truth_table.info.title, "compare two years of one release");
  }
  auto const buyers = find_labels(options.regions, regions, "region", truth_table.info.title);
  if (!buyers) return fail(buyers.error());

  BackcastReport report;
  report.base_year = base->info.year;
  report.truth_year = truth->info.year;
  report.regions = regions.size();
  report.sectors = labels.sectors.size();
  auto const output = sales_of(*truth);
  auto truth_measures = measure(labels, truth->Z.to_dense(), output, *buyers);
  if (!truth_measures) return fail(truth_measures.error());
  Comparison const comparison(labels, output, *std::move(truth_measures), *buyers);

  auto const cube = cube_of(*truth, report.clipped);
  auto const same_sectors = identity_concordance(sector_codes(labels));
  auto const same_regions = identity_concordance(regions);
  auto const estimate = [&](std::string name, std::vector<KnownShares> shares,
                            BackcastErrors& errors) -> Result<void> {
    NowcastInputs inputs{*base, cube, same_sectors, same_sectors, same_regions};
    inputs.known_shares = std::move(shares);
    auto result = nowcast(inputs, options.nowcast, control);
    if (!result) return fail(result.error());
    auto const measures =
        measure(labels, std::move(result->table.Z.dense()), result->table.output, *buyers);
    if (!measures) return fail(measures.error());
    errors = comparison.errors(std::move(name), *measures);
    return {};
  };
  if (auto const done = estimate("nowcast", {}, report.nowcast); !done) return fail(done.error());
  if (auto const done = estimate("nowcast with the true value-added shares",
                                 true_shares(*truth, output), report.true_shares);
      !done) {
    return fail(done.error());
  }
  auto const unchanged =
      measure(labels, unchanged_flows(*base, sales_of(*base), output), output, *buyers);
  if (!unchanged) return fail(unchanged.error());
  report.unchanged = comparison.errors("unchanged coefficients", *unchanged);
  return report;
}

}  // namespace linchpin
