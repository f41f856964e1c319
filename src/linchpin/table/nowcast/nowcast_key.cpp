// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/nowcast/nowcast_key.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace linchpin::nowcasting {
namespace {

/// Size of each sector beside the others of its group.
DenseVector shares_in_group(Frame const& frame, DenseVector const& sizes) {
  DenseVector totals(frame.groups, 0.0), members(frame.groups, 0.0), shares;
  for (std::size_t t = 0; t < sizes.size(); ++t) {
    totals[frame.group_of[t]] += sizes[t];
    members[frame.group_of[t]] += 1;
  }
  for (std::size_t t = 0; t < sizes.size(); ++t) {
    auto const group = frame.group_of[t];
    shares.push_back(totals[group] > 0 ? sizes[t] / totals[group] : 1 / members[group]);
  }
  return shares;
}

/// A pair of groups without any flow in the national table is divided by the sizes of its sectors.
SectorKey key_from(Frame const& frame, NationalUse const& use, DenseVector const& purchases,
                   DenseVector const& output) {
  auto const T = frame.sectors.size();
  auto const product_shares = shares_in_group(frame, purchases);
  auto const industry_shares = shares_in_group(frame, output);
  DenseMatrix totals(frame.groups, frame.groups);
  DenseVector final_totals(frame.groups, 0.0);
  for (std::size_t t = 0; t < T; ++t) {
    for (std::size_t j = 0; j < T; ++j) {
      totals(frame.group_of[t], frame.group_of[j]) += use.inputs(t, j);
    }
    final_totals[frame.group_of[t]] += use.final_use[t];
  }
  SectorKey key{DenseMatrix(T, T), DenseVector(T, 0.0)};
  for (std::size_t t = 0; t < T; ++t) {
    for (std::size_t j = 0; j < T; ++j) {
      double const total = totals(frame.group_of[t], frame.group_of[j]);
      key.inputs(t, j) =
          total > 0 ? use.inputs(t, j) / total : product_shares[t] * industry_shares[j];
    }
    double const total = final_totals[frame.group_of[t]];
    key.final_use[t] = total > 0 ? use.final_use[t] / total : product_shares[t];
  }
  return key;
}

DenseVector row_of(DenseMatrix const& matrix, std::size_t row) {
  auto const cells = matrix.row(row);
  return {cells.begin(), cells.end()};
}

DenseVector column_sums(DenseMatrix const& matrix) {
  DenseVector sums(matrix.columns(), 0.0);
  for (std::size_t i = 0; i < matrix.rows(); ++i) {
    for (std::size_t j = 0; j < sums.size(); ++j) sums[j] += matrix(i, j);
  }
  return sums;
}

}  // namespace

Result<SectorKeys> make_keys(std::vector<NationalTable> const& national, Frame const& frame) {
  auto const T = frame.sectors.size();
  SectorKeys result;
  result.key_of.assign(frame.regions.size(), national.size());
  NationalUse all{{}, DenseMatrix(T, T), DenseVector(T, 0.0)};
  ErrorList errors;
  for (auto const& each : national) {
    auto const region = find_labels({each.region}, frame.regions, "region", "national table");
    if (!region) {
      errors.add(region.error());
      continue;
    }
    auto const purchases = row_of(frame.absorption, region->front());
    auto const output = row_of(frame.output, region->front());
    auto const use = national_use(each, frame.sectors, purchases, output);
    if (!use) {
      errors.add(use.error());
      continue;
    }
    if (&each == &national.front()) all.unit = use->unit;
    if (use->unit != all.unit) {
      errors.add(
          ErrorCode::bad_value,
          fmt::format("is in {}, the first key in {}", to_string(use->unit), to_string(all.unit)),
          each.table->info.title, "give keys in one unit: their mean weighs them by output");
      continue;
    }
    result.key_of[region->front()] = result.keys.size();
    result.keys.push_back(key_from(frame, *use, purchases, output));
    // Flows are coefficients times output: adding them up weighs coefficients by output.
    for (std::size_t t = 0; t < T; ++t) {
      for (std::size_t j = 0; j < T; ++j) all.inputs(t, j) += use->inputs(t, j);
      all.final_use[t] += use->final_use[t];
    }
  }
  if (!errors.empty()) return fail(errors.joined());
  result.keys.push_back(
      key_from(frame, all, column_sums(frame.absorption), column_sums(frame.output)));
  return result;
}

}  // namespace linchpin::nowcasting
