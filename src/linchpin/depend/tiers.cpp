// SPDX-License-Identifier: Apache-2.0
#include "linchpin/depend/tiers.h"

#include <algorithm>
#include <utility>

namespace linchpin::depend {
namespace {

/// What is needed, each region of its users in a column of its own: n x regions.
DenseMatrix by_user(IndustrySpace const& space, DenseMatrix const& needed) {
  DenseMatrix split(needed.rows(), space.regions());
  for (std::size_t i = 0; i < needed.rows(); ++i) {
    split(i, space.region_of(IndustryId{i}).index()) = needed(i, 0);
  }
  return split;
}

DenseMatrix add_up_columns(DenseMatrix const& matrix) {
  DenseMatrix sums(matrix.rows(), 1);
  for (std::size_t i = 0; i < matrix.rows(); ++i) {
    for (std::size_t c = 0; c < matrix.columns(); ++c) sums(i, 0) += matrix(i, c);
  }
  return sums;
}

DenseMatrix by_seller(IndustrySpace const& space, DenseMatrix const& deliveries) {
  DenseMatrix result(space.regions(), deliveries.columns());
  for (std::size_t i = 0; i < deliveries.rows(); ++i) {
    auto const seller = space.region_of(IndustryId{i}).index();
    for (std::size_t c = 0; c < deliveries.columns(); ++c) result(seller, c) += deliveries(i, c);
  }
  return result;
}

}  // namespace

Result<TierFlows> tier_flows(LeontiefSystem const& system, Buyer const& buyer, std::size_t tiers) {
  LINCHPIN_EXPECTS(tiers >= 1);
  auto const& space = system.space();
  auto const weights = buyer_weights(system.economy(), buyer);
  if (!weights) return fail(weights.error());
  DenseMatrix needed(weights->size(), 1);
  for (std::size_t i = 0; i < weights->size(); ++i) needed(i, 0) = (*weights)[i];
  TierFlows result;
  for (std::size_t tier = 0; tier < tiers; ++tier) {
    auto const deliveries = system.multiply(by_user(space, needed));
    result.flows.push_back(by_seller(space, deliveries));
    needed = add_up_columns(deliveries);
  }
  // All that is left: A (A^k w) + A^2 (A^k w) + …
  auto rest = system.multiply(needed);
  system.solve(rest);
  for (std::size_t i = 0; i < rest.rows(); ++i) result.beyond += rest(i, 0);
  return result;
}

}  // namespace linchpin::depend
