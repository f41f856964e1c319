// SPDX-License-Identifier: Apache-2.0
#include "linchpin/depend/reliance.h"

#include <algorithm>
#include <numeric>

namespace linchpin::depend {
namespace {

/// A w, n x 1. Only the buyer's columns are read: w is zero elsewhere.
DenseMatrix direct_purchases(LeontiefSystem const& system, DenseVector const& weights) {
  auto const n = weights.size();
  std::vector<std::size_t> columns;
  for (std::size_t j = 0; j < n; ++j) {
    if (weights[j] > 0) columns.push_back(j);
  }
  DenseMatrix result(n, 1);
  for (std::size_t i = 0; i < n; ++i) {
    double sum = 0;
    for (auto const j : columns) {
      sum += system.coefficient(IndustryId{i}, IndustryId{j}) * weights[j];
    }
    result(i, 0) = sum;
  }
  return result;
}

/// With w the buyer's weights: face value A w, hidden L A (A w), look-through their sum. Every
/// term is non-negative, so that nothing cancels and hidden is never below zero.
std::vector<Reliance> by_industry(LeontiefSystem const& system, DenseVector const& weights) {
  auto const n = weights.size();
  auto const share = system.value_added_share().raw();
  auto const face_value = direct_purchases(system, weights);
  auto hidden = system.multiply(face_value);
  system.solve(hidden);
  std::vector<Reliance> result(n);
  for (std::size_t i = 0; i < n; ++i) {
    double const look_through = face_value(i, 0) + hidden(i, 0);
    result[i] = {face_value(i, 0), look_through, hidden(i, 0), share[i] * (weights[i] + look_through)};
  }
  return result;
}

std::vector<Reliance> by_region(IndustrySpace const& space,
                                std::vector<Reliance> const& by_industry) {
  std::vector<Reliance> result(space.regions());
  for (std::size_t i = 0; i < by_industry.size(); ++i) {
    auto& sum = result[space.region_of(IndustryId{i}).index()];
    sum.face_value += by_industry[i].face_value;
    sum.look_through += by_industry[i].look_through;
    sum.hidden += by_industry[i].hidden;
    sum.value_added_origin += by_industry[i].value_added_origin;
  }
  return result;
}

Concentration concentration(std::vector<Reliance> const& regions, RegionId own,
                            double Reliance::* measure) {
  std::vector<double> amounts(regions.size());
  std::transform(regions.begin(), regions.end(), amounts.begin(),
                 [&](Reliance const& each) { return each.*measure; });
  return concentration_of(amounts, own);
}

std::vector<IndustryId> largest(std::vector<Reliance> const& industries, std::size_t top) {
  std::vector<IndustryId> result;
  for (std::size_t i = 0; i < industries.size(); ++i) {
    if (industries[i].look_through > 0) result.emplace_back(i);
  }
  auto const count = std::min(top, result.size());
  std::partial_sort(result.begin(), result.begin() + static_cast<std::ptrdiff_t>(count),
                    result.end(), [&](IndustryId a, IndustryId b) {
                      double const more = industries[a.index()].look_through;
                      double const less = industries[b.index()].look_through;
                      return more != less ? more > less : a < b;
                    });
  result.resize(count);
  return result;
}

}  // namespace

Result<DenseVector> buyer_weights(Economy const& economy, Buyer const& buyer) {
  DenseVector weights(economy.size(), 0.0);
  auto const output = economy.output().raw();
  auto const& space = economy.space();
  std::size_t first = space.first_of(buyer.region).index();
  std::size_t last = space.last_of(buyer.region).index();
  if (buyer.industry) {
    LINCHPIN_EXPECTS(space.region_of(*buyer.industry) == buyer.region);
    first = buyer.industry->index();
    last = first + 1;
  }
  double total = 0;
  for (auto j = first; j < last; ++j) total += std::max(0.0, output[j]);
  if (total == 0) {
    return fail(ErrorCode::missing_value, "the buyer has no output, so nothing to relate inputs to",
                buyer.industry ? space.label(*buyer.industry) : space.label(buyer.region),
                "choose another industry, or the whole region");
  }
  for (auto j = first; j < last; ++j) weights[j] = std::max(0.0, output[j]) / total;
  return weights;
}

Result<BuyerAccount> buyer_account(LeontiefSystem const& system, Buyer const& buyer,
                                   AccountOptions const& options) {
  auto const& space = system.economy().space();
  auto const weights = buyer_weights(system.economy(), buyer);
  if (!weights) return fail(weights.error());
  BuyerAccount account;
  account.buyer = buyer;
  account.by_industry = by_industry(system, *weights);
  account.by_region = by_region(space, account.by_industry);
  account.largest_suppliers = largest(account.by_industry, options.top);
  account.face_value = concentration(account.by_region, buyer.region, &Reliance::face_value);
  account.look_through = concentration(account.by_region, buyer.region, &Reliance::look_through);
  return account;
}

}  // namespace linchpin::depend
