// SPDX-License-Identifier: Apache-2.0
#include "linchpin/depend/prices.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "linchpin/depend/lu.h"

namespace linchpin::depend {
namespace {

Result<void> check(LeontiefSystem const& system, PriceQuestion const& question) {
  ErrorList errors;
  auto const& space = system.space();
  if (!std::isfinite(question.rise) || question.rise <= -1) {
    errors.add(ErrorCode::bad_value,
               fmt::format("a price cannot rise by {} of itself", question.rise), "prices",
               "give a number above -1; 0.1 is 10 % dearer");
  }
  std::vector<bool> seen(system.size(), false);
  bool any_output = false;
  for (auto const id : question.suppliers) {
    if (seen[id.index()]) {
      errors.add(ErrorCode::bad_value, "the supplier is given twice", space.label(id),
                 "give each industry once");
    }
    seen[id.index()] = true;
    any_output = any_output || system.economy().output()[id] > 0;
    if (std::find(question.buyers.begin(), question.buyers.end(), space.region_of(id)) !=
        question.buyers.end()) {
      errors.add(ErrorCode::bad_value,
                 "the supplier is of the region at whose border it gets dearer", space.label(id),
                 "choose a foreign supplier, or leave the buyer out");
    }
  }
  if (question.suppliers.empty()) {
    errors.add(ErrorCode::missing_value, "no supplier is given", "prices",
               "name the region or industry whose products get dearer");
  } else if (!any_output) {
    errors.add(ErrorCode::missing_value, "the supplier has no output, so nothing gets dearer",
               space.label(question.suppliers.front()), "choose another industry");
  }
  if (!errors.empty()) return fail(errors.joined());
  return {};
}

/// True for the regions where the suppliers' products are dearer by themselves.
std::vector<bool> regions_concerned(IndustrySpace const& space, PriceQuestion const& question) {
  std::vector<bool> result(space.regions(), question.buyers.empty());
  for (auto const region : question.buyers) result[region.index()] = true;
  return result;
}

std::vector<BasketCost> baskets(Economy const& economy, PriceQuestion const& question,
                                DenseVector const& price, std::vector<bool> const& concerned) {
  auto const& space = economy.space();
  auto const& labels = economy.table().labels;
  bool const everywhere = question.buyers.empty();
  std::vector<BasketCost> result;
  for (std::size_t r = 0; r < space.regions(); ++r) {
    for (std::size_t c = 0; c < labels.categories.size(); ++c) {
      BasketCost cost{RegionId{r}, CategoryId{c}};
      auto const column = labels.final_column(cost.region, cost.category);
      for (std::size_t i = 0; i < space.size(); ++i) {
        double const use = economy.final_demand()(IndustryId{i}, column);
        cost.basket += use;
        cost.total += use * price[i];
      }
      if (concerned[r]) {
        for (auto const id : question.suppliers) {
          cost.direct += question.rise * economy.final_demand()(id, column);
        }
      }
      if (!everywhere) cost.total += cost.direct;  // else the suppliers' prices hold it already
      result.push_back(cost);
    }
  }
  return result;
}

}  // namespace

DenseVector cost_push(LeontiefSystem const& system, std::span<double const> added_cost,
                      RunControl const& control) {
  LINCHPIN_EXPECTS(added_cost.size() == system.size());
  DenseMatrix price(1, system.size());
  std::copy(added_cost.begin(), added_cost.end(), price.data());
  system.solve_left(price, control);
  return {price.values().begin(), price.values().end()};
}

DenseVector fixed_price_push(LeontiefSystem const& system, std::vector<IndustryId> const& fixed,
                             std::span<double const> rise, RunControl const& control) {
  LINCHPIN_EXPECTS(fixed.size() == rise.size());
  auto const n = system.size();
  auto const m = fixed.size();
  DenseMatrix rows(m, n);  // L_K
  for (std::size_t k = 0; k < m; ++k) rows(k, fixed[k].index()) = 1.0;
  system.solve_left(rows, control);
  DenseMatrix block(m, m), weight(1, m);
  for (std::size_t k = 0; k < m; ++k) {
    weight(0, k) = rise[k];
    for (std::size_t l = 0; l < m; ++l) block(k, l) = rows(k, fixed[l].index());
  }
  // Its k-th pivot is the diagonal of the inverse of I - A without the k - 1 industries before,
  // so it is >= 1 and no row need be exchanged.
  auto const bad = factorise(block, {.threads = control.threads});
  LINCHPIN_ENSURES(bad.has_value() && !bad->has_value());
  solve_left_factorised(block, weight, control.threads);
  DenseVector result(n, 0.0);
  for (std::size_t k = 0; k < m; ++k) {
    auto const row = rows.row(k);
    for (std::size_t j = 0; j < n; ++j) result[j] += weight(0, k) * row[j];
  }
  for (std::size_t k = 0; k < m; ++k) result[fixed[k].index()] = rise[k];
  return result;
}

Result<PriceEffect> price_effect(LeontiefSystem const& system, PriceQuestion const& question,
                                 RunControl const& control) {
  if (auto const good = check(system, question); !good) return fail(good.error());
  auto const& space = system.space();
  auto const n = system.size();
  auto const concerned = regions_concerned(space, question);
  PriceEffect effect;
  effect.direct.assign(n, 0.0);
  for (std::size_t j = 0; j < n; ++j) {
    IndustryId const buyer{j};
    if (!concerned[space.region_of(buyer).index()]) continue;
    double bought = 0;
    for (auto const id : question.suppliers) bought += system.coefficient(id, buyer);
    effect.direct[j] = question.rise * bought;
  }
  if (question.buyers.empty()) {
    std::vector<double> const rise(question.suppliers.size(), question.rise);
    effect.price = fixed_price_push(system, question.suppliers, rise, control);
  } else {
    effect.price = cost_push(system, effect.direct, control);
  }
  effect.baskets = baskets(system.economy(), question, effect.price, concerned);
  return effect;
}

}  // namespace linchpin::depend
