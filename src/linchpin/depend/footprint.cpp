// SPDX-License-Identifier: Apache-2.0
#include "linchpin/depend/footprint.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "linchpin/core/parallel.h"

namespace linchpin::depend {
namespace {

/// Amounts by industry, value added and then the satellite accounts of the table.
struct Accounts {
  std::vector<FootprintAccount> headers;
  DenseMatrix amounts;  // accounts x n
};

Accounts accounts_of(Economy const& economy) {
  auto const& table = economy.table();
  auto const n = economy.size(), G = economy.space().regions();
  auto const count = table.satellites.rows.size();
  Accounts accounts{{}, DenseMatrix(count + 1, n)};
  auto const value_added = economy.value_added().raw();
  std::copy(value_added.begin(), value_added.end(), accounts.amounts.row(0).data());
  accounts.headers.push_back({"value added", to_string(economy.info().unit), {}, {}, DenseVector(G)});
  for (std::size_t k = 0; k < count; ++k) {
    auto const& row = table.satellites.rows[k];
    auto const amounts = table.satellites.F.row(k);
    std::copy(amounts.begin(), amounts.end(), accounts.amounts.row(k + 1).data());
    FootprintAccount header{row.label, row.unit, {}, {}, DenseVector(G)};
    auto const categories = table.labels.categories.size();
    auto const of_users = table.satellites.F_Y.row(k);
    for (std::size_t c = 0; c < of_users.size(); ++c) {
      header.of_final_users[c / categories] += of_users[c];
    }
    accounts.headers.push_back(std::move(header));
  }
  return accounts;
}

Result<void> check_accounts(Economy const& economy, Accounts const& accounts) {
  ErrorList errors;
  for (std::size_t k = 1; k < accounts.headers.size(); ++k) {
    for (std::size_t i = 0; i < economy.size(); ++i) {
      if (accounts.amounts(k, i) == 0 || economy.output()[IndustryId{i}] > 0) continue;
      errors.add(ErrorCode::bad_value,
                 fmt::format("the account '{}' has {:.6g} {} but the industry makes nothing",
                             accounts.headers[k].label, accounts.amounts(k, i),
                             accounts.headers[k].unit),
                 economy.space().label(IndustryId{i}),
                 "correct the account, or aggregate the industry with a neighbour");
    }
  }
  if (!errors.empty()) return fail(errors.joined());
  return {};
}

double sum_of(std::span<double const> values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

}  // namespace

double FootprintAccount::production_based(RegionId region) const {
  return sum_of(by_origin.row(region.index())) + of_final_users[region.index()];
}
double FootprintAccount::consumption_based(RegionId region) const {
  return imported(region) + by_origin(region.index(), region.index()) +
         of_final_users[region.index()];
}
double FootprintAccount::imported(RegionId region) const {
  double sum = 0;
  for (std::size_t r = 0; r < by_origin.rows(); ++r) {
    if (r != region.index()) sum += by_origin(r, region.index());
  }
  return sum;
}
double FootprintAccount::exported(RegionId region) const {
  return sum_of(by_origin.row(region.index())) - by_origin(region.index(), region.index());
}

Result<std::vector<FootprintAccount>> footprints(LeontiefSystem const& system,
                                                 RunControl const& control) {
  auto const& economy = system.economy();
  auto const& space = economy.space();
  auto const n = economy.size(), G = space.regions();
  auto accounts = accounts_of(economy);
  if (auto const good = check_accounts(economy, accounts); !good) return fail(good.error());

  DenseMatrix intensities = accounts.amounts;  // S = F / x
  for (std::size_t k = 0; k < intensities.rows(); ++k) {
    auto const row = intensities.row(k);
    for (std::size_t i = 0; i < n; ++i) row[i] *= system.inverse_output()[i];
  }
  DenseMatrix required(n, G);  // L Y
  std::copy_n(system.final_use().raw(), n * G, required.data());
  system.solve(required, control);
  DenseMatrix multipliers = intensities;
  system.solve_left(multipliers, control);

  auto const done =
      parallel_for(accounts.headers.size(), control, "footprints", [&](std::size_t k) {
        auto& account = accounts.headers[k];
        auto const multiplier = multipliers.row(k);
        account.multiplier.assign(multiplier.begin(), multiplier.end());
        account.by_origin = DenseMatrix(G, G);
        for (std::size_t i = 0; i < n; ++i) {
          double const intensity = intensities(k, i);
          if (intensity == 0) continue;
          auto const to = account.by_origin.row(space.region_of(IndustryId{i}).index());
          auto const from = required.row(i);
          for (std::size_t s = 0; s < G; ++s) to[s] += intensity * from[s];
        }
      });
  if (!done) return fail(done.error());
  return std::move(accounts.headers);
}

}  // namespace linchpin::depend
