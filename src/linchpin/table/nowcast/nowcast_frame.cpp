// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/nowcast/nowcast_frame.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "linchpin/table/nowcast/nowcast_cube.h"
#include "linchpin/table/shape.h"

namespace linchpin::nowcasting {
namespace {

constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

Result<void> place_regions(NowcastInputs const& inputs, Frame& frame) {
  auto const& concordance = inputs.regions;
  std::vector<std::string> base_regions;
  for (auto const& region : inputs.base.labels.regions) base_regions.push_back(region.label);
  frame.base_regions = base_regions.size();
  frame.regions = inputs.cube.regions;
  auto const from = find_labels(frame.regions, concordance.from, "region", concordance.file);
  if (!from) return fail(from.error());
  auto const to =
      find_labels(concordance.to, base_regions, "region of the base table", concordance.file);
  if (!to) return fail(to.error());
  ErrorList errors;
  std::vector<std::size_t> users(frame.base_regions, 0);
  for (std::size_t r = 0; r < frame.regions.size(); ++r) {
    auto const targets = concordance.targets_of((*from)[r]);
    if (targets.size() > 1) {
      errors.add(
          ErrorCode::duplicate_label,
          fmt::format("the region '{}' is mapped {} times", frame.regions[r], targets.size()),
          concordance.file, "name one region of the base table for it");
    }
    frame.technology_of.push_back((*to)[targets.front()]);
    ++users[frame.technology_of.back()];
  }
  for (std::size_t b = 0; b < frame.base_regions; ++b) {
    if (users[b] > 0) continue;
    errors.add(ErrorCode::missing_value,
               fmt::format("no region of the cube is mapped to '{}'", base_regions[b]),
               concordance.file, "map one, or add the region to another in the base table first");
  }
  if (!errors.empty()) return fail(errors.joined());
  for (auto const base : frame.technology_of) frame.own.push_back(users[base] == 1 ? 1 : 0);
  return {};
}

/// Groups of sectors of the result, and for each sector of the base table the group it is in.
Result<std::vector<std::size_t>> group_sectors(NowcastInputs const& inputs, Frame& frame) {
  auto const& concordance = inputs.base_sectors;
  frame.sectors = inputs.cube_sectors.to;
  frame.sector_names = inputs.cube_sectors.names;
  auto const from =
      find_labels(sector_codes(inputs.base.labels), concordance.from, "sector", concordance.file);
  if (!from) return fail(from.error());
  auto const to = find_labels(concordance.to, frame.sectors, "sector of the cube's concordance",
                              concordance.file);
  if (!to) return fail(to.error());
  auto const back = find_labels(frame.sectors, concordance.to, "sector", concordance.file);
  if (!back) return fail(back.error());

  std::vector<std::size_t> leader(frame.sectors.size());
  std::iota(leader.begin(), leader.end(), std::size_t{0});
  auto const root = [&](std::size_t t) {
    while (leader[t] != t) t = leader[t];
    return t;
  };
  for (auto const position : *from) {
    auto const targets = concordance.targets_of(position);
    for (auto const target : targets) {
      auto const a = root((*to)[targets.front()]), b = root((*to)[target]);
      leader[std::max(a, b)] = std::min(a, b);
    }
  }
  std::vector<std::size_t> number(frame.sectors.size(), nowhere);
  for (std::size_t t = 0; t < frame.sectors.size(); ++t) {
    auto const first = root(t);
    if (number[first] == nowhere) number[first] = frame.groups++;
    frame.group_of.push_back(number[first]);
  }
  std::vector<std::size_t> group_of_base;
  frame.service.assign(frame.sectors.size(), 1);
  for (std::size_t s = 0; s < from->size(); ++s) {
    auto const targets = concordance.targets_of((*from)[s]);
    group_of_base.push_back(frame.group_of[(*to)[targets.front()]]);
    for (auto const target : targets) {
      if (!inputs.base.labels.sectors[s].service) frame.service[(*to)[target]] = 0;
    }
  }
  return group_of_base;
}

void add_up_final_use(Table const& base, std::vector<std::size_t> const& row_of, Frame& frame) {
  auto const& categories = base.labels.categories;
  auto const C = categories.size();
  frame.final_use = DenseMatrix(frame.base_regions * frame.groups, frame.base_regions);
  frame.category_shares = DenseMatrix(frame.base_regions * frame.groups, C);
  for (std::size_t i = 0; i < base.size(); ++i) {
    auto const group = row_of[i] % frame.groups;
    for (std::size_t r = 0; r < frame.base_regions; ++r) {
      for (std::size_t c = 0; c < C; ++c) {
        double const use = base.Y(i, r * C + c);
        if (categories[c].inventory_change || use <= 0) continue;
        frame.final_use(row_of[i], r) += use;
        frame.category_shares(frame.base_row(r, group), c) += use;
      }
    }
  }
}

/// Sums become shares; a product a region had no final use of takes the region's overall shares.
Result<void> normalise_categories(Table const& base, Frame& frame) {
  auto const C = frame.category_shares.columns();
  for (std::size_t r = 0; r < frame.base_regions; ++r) {
    DenseVector all(C, 0.0);
    for (std::size_t k = 0; k < frame.groups; ++k) {
      for (std::size_t c = 0; c < C; ++c) all[c] += frame.category_shares(frame.base_row(r, k), c);
    }
    double const total = std::accumulate(all.begin(), all.end(), 0.0);
    if (total <= 0) {
      return fail(ErrorCode::missing_value, "the region has no final use to take shares from",
                  base.labels.regions[r].label, "add it to another region first");
    }
    for (std::size_t k = 0; k < frame.groups; ++k) {
      auto const shares = frame.category_shares.row(frame.base_row(r, k));
      double const sum = std::accumulate(shares.begin(), shares.end(), 0.0);
      for (std::size_t c = 0; c < C; ++c) shares[c] = sum > 0 ? shares[c] / sum : all[c] / total;
    }
  }
  return {};
}

Result<void> find_value_added(DenseVector const& output, Frame& frame) {
  auto const rows = frame.base_regions * frame.groups;
  DenseVector inputs(rows, 0.0), world_inputs(frame.groups, 0.0), world_output(frame.groups, 0.0);
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < rows; ++j) inputs[j] += frame.Z(i, j);
  }
  for (std::size_t j = 0; j < rows; ++j) {
    world_inputs[j % frame.groups] += inputs[j];
    world_output[j % frame.groups] += output[j];
  }
  for (std::size_t j = 0; j < rows; ++j) {
    bool const known = output[j] > 0;
    auto const k = j % frame.groups;
    if (!known && world_output[k] <= 0) {
      auto const sector = std::find(frame.group_of.begin(), frame.group_of.end(), k);
      return fail(ErrorCode::missing_value, "no region of the base table has output of this sector",
                  frame.sectors[static_cast<std::size_t>(sector - frame.group_of.begin())],
                  "map it together with another sector");
    }
    frame.value_added_share.push_back(known ? 1 - inputs[j] / output[j]
                                            : 1 - world_inputs[k] / world_output[k]);
    frame.share_borrowed.push_back(known ? 0 : 1);
  }
  return {};
}

Result<void> add_up_base(Table const& base, std::vector<std::size_t> const& group_of_base,
                         Frame& frame) {
  auto const rows = frame.base_regions * frame.groups;
  std::vector<std::size_t> row_of;
  for (auto const& key : base.labels.industries) {
    row_of.push_back(frame.base_row(key.region.index(), group_of_base[key.sector.index()]));
  }
  frame.Z = DenseMatrix(rows, rows);
  DenseVector output(rows, 0.0);
  for (std::size_t i = 0; i < base.size(); ++i) {
    auto const to = frame.Z.row(row_of[i]);
    base.Z.for_each(i, [&](std::size_t j, double flow) {
      if (flow > 0) to[row_of[j]] += flow;
    });
    output[row_of[i]] += base.output[i];
  }
  add_up_final_use(base, row_of, frame);
  frame.purchases = DenseMatrix(rows, frame.base_regions);
  frame.world_use = DenseMatrix(frame.groups, frame.groups + 1);
  for (std::size_t i = 0; i < rows; ++i) {
    auto const world = frame.world_use.row(i % frame.groups);
    for (std::size_t j = 0; j < rows; ++j) {
      frame.purchases(i, j / frame.groups) += frame.Z(i, j);
      world[j % frame.groups] += frame.Z(i, j);
    }
    for (std::size_t r = 0; r < frame.base_regions; ++r) {
      frame.purchases(i, r) += frame.final_use(i, r);
      world[frame.groups] += frame.final_use(i, r);
    }
  }
  if (auto const done = normalise_categories(base, frame); !done) return done;
  return find_value_added(output, frame);
}

/// Structure from cells that are negative or no numbers would be wrong without a word.
Result<void> check_numbers(Table const& base) {
  constexpr std::size_t most_named = 20;
  ErrorList errors;
  for (std::size_t i = 0; i < base.size() && errors.size() < most_named; ++i) {
    bool flows = true;
    base.Z.for_each(i, [&](std::size_t /*j*/, double flow) {
      flows = flows && flow >= 0 && std::isfinite(flow);
    });
    auto const uses = base.Y.row(i);
    bool const others = std::isfinite(base.output[i]) &&
                        std::all_of(uses.begin(), uses.end(),
                                    [](double use) { return std::isfinite(use); });
    if (flows && others) continue;
    errors.add(ErrorCode::invalid_table,
               flows ? "final demand or output is not finite"
                     : "intermediate flows are negative or not finite",
               base.labels.industry_label(i), "repair the base table first");
  }
  if (!errors.empty()) return fail(errors.joined());
  return {};
}

}  // namespace

Result<Frame> lay_out(NowcastInputs const& inputs) {
  if (auto const fits = check_shapes(inputs.base); !fits) return fail(fits.error());
  if (auto const fine = check_numbers(inputs.base); !fine) return fail(fine.error());
  Frame frame;
  if (auto const done = place_regions(inputs, frame); !done) return fail(done.error());
  auto const group_of_base = group_sectors(inputs, frame);
  if (!group_of_base) return fail(group_of_base.error());
  if (auto const done = add_up_base(inputs.base, *group_of_base, frame); !done) {
    return fail(done.error());
  }
  if (auto const done = spread_cube(inputs.cube, inputs.cube_sectors, frame); !done) {
    return fail(done.error());
  }
  return frame;
}

}  // namespace linchpin::nowcasting
