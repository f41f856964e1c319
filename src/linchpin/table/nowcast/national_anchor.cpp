// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/nowcast/national_anchor.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "linchpin/table/shape.h"

namespace linchpin {
namespace {

/// The country in its table, and which sectors of the result each of its sectors is part of.
struct Placed {
  std::size_t region = 0;
  std::vector<std::vector<std::size_t>> targets_of;  // by sector of the national table
};

Result<Placed> place(NationalTable const& national, std::vector<std::string> const& sectors) {
  auto const& table = *national.table;
  auto const& concordance = *national.sectors;
  if (auto const fits = check_shapes(table); !fits) return fail(fits.error());
  std::vector<std::string> regions;
  for (auto const& region : table.labels.regions) regions.push_back(region.label);
  auto const region = find_labels({national.region}, regions, "region", table.info.title);
  if (!region) return fail(region.error());
  auto const codes = sector_codes(table.labels);
  auto const from = find_labels(codes, concordance.from, "sector", concordance.file);
  if (!from) return fail(from.error());
  auto const to = find_labels(concordance.to, sectors, "sector of the result", concordance.file);
  if (!to) return fail(to.error());
  Placed placed{region->front(), {}};
  for (auto const position : *from) {
    auto& targets = placed.targets_of.emplace_back();
    for (auto const target : concordance.targets_of(position)) targets.push_back((*to)[target]);
    std::sort(targets.begin(), targets.end());
  }
  return placed;
}

/// Shares of `weights` among `targets`; equal where they are all zero.
DenseVector shares_among(std::vector<std::size_t> const& targets, DenseVector const& weights) {
  DenseVector shares;
  for (auto const target : targets) shares.push_back(weights[target]);
  double const total = std::accumulate(shares.begin(), shares.end(), 0.0);
  for (auto& share : shares) {
    share = total > 0 ? share / total : 1.0 / static_cast<double>(targets.size());
  }
  return shares;
}

}  // namespace

Result<Anchor> anchor_of(NationalTable const& national, std::vector<std::string> const& sectors) {
  auto const placed = place(national, sectors);
  if (!placed) return fail(placed.error());
  auto const& table = *national.table;
  auto const n = table.size();
  DenseVector inputs(n, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    table.Z.for_each(i, [&](std::size_t j, double flow) { inputs[j] += flow; });
  }
  Anchor anchor{{national.region, {}}, table.info.year, table.info.unit, 0};
  DenseVector output(sectors.size(), 0.0), value_added(sectors.size(), 0.0);
  ErrorList errors;
  for (std::size_t j = 0; j < n; ++j) {
    auto const& key = table.labels.industries[j];
    if (key.region.index() != placed->region) continue;
    if (inputs[j] > table.output[j]) {
      errors.add(
          ErrorCode::bad_value,
          fmt::format("inputs of {:.6g} exceed output of {:.6g}", inputs[j], table.output[j]),
          table.labels.industry_label(j), "check the table, or leave this anchor out");
      continue;
    }
    anchor.value_added += table.output[j] - inputs[j];
    auto const& targets = placed->targets_of[key.sector.index()];
    for (auto const target : targets) {
      auto const part = 1.0 / static_cast<double>(targets.size());
      output[target] += part * table.output[j];
      value_added[target] += part * (table.output[j] - inputs[j]);
    }
  }
  if (!errors.empty()) return fail(errors.joined());
  for (std::size_t t = 0; t < sectors.size(); ++t) {
    anchor.known.shares.push_back(output[t] > 0 ? std::optional{value_added[t] / output[t]}
                                                : std::nullopt);
  }
  return anchor;
}

Result<NationalUse> national_use(NationalTable const& national,
                                 std::vector<std::string> const& sectors,
                                 DenseVector const& purchases, DenseVector const& output) {
  auto const placed = place(national, sectors);
  if (!placed) return fail(placed.error());
  auto const& table = *national.table;
  auto const& labels = table.labels;
  auto const T = sectors.size();
  std::vector<DenseVector> product_shares, industry_shares;
  for (auto const& targets : placed->targets_of) {
    product_shares.push_back(shares_among(targets, purchases));
    industry_shares.push_back(shares_among(targets, output));
  }
  NationalUse use{table.info.unit, DenseMatrix(T, T), DenseVector(T, 0.0)};
  for (std::size_t i = 0; i < table.size(); ++i) {
    auto const product = labels.industries[i].sector.index();
    auto const& rows = placed->targets_of[product];
    table.Z.for_each(i, [&](std::size_t j, double flow) {
      auto const& key = labels.industries[j];
      if (key.region.index() != placed->region || flow <= 0) return;
      auto const& columns = placed->targets_of[key.sector.index()];
      for (std::size_t a = 0; a < rows.size(); ++a) {
        for (std::size_t b = 0; b < columns.size(); ++b) {
          use.inputs(rows[a], columns[b]) +=
              flow * product_shares[product][a] * industry_shares[key.sector.index()][b];
        }
      }
    });
    double final_use = 0;
    for (std::size_t c = 0; c < labels.categories.size(); ++c) {
      if (labels.categories[c].inventory_change) continue;
      final_use += table.Y(i, placed->region * labels.categories.size() + c);
    }
    for (std::size_t a = 0; a < rows.size(); ++a) {
      use.final_use[rows[a]] += std::max(0.0, final_use) * product_shares[product][a];
    }
  }
  return use;
}

}  // namespace linchpin
