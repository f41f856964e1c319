// SPDX-License-Identifier: Apache-2.0
// Extraction, prices and propagation lengths on made-up worlds against a fresh, plain solution of
// the changed table.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "linchpin/depend/extraction.h"
#include "linchpin/depend/extraction_all.h"
#include "linchpin/depend/prices.h"
#include "linchpin/depend/propagation.h"
#include "support/random_economy.h"

namespace linchpin::depend {
namespace {

using Vector = std::vector<double>;

/// Gaussian elimination with row exchanges: the plain second opinion. Solves M x = b.
Vector plain_solve(DenseMatrix M, Vector b) {
  auto const n = b.size();
  for (std::size_t k = 0; k < n; ++k) {
    std::size_t best = k;
    for (std::size_t i = k + 1; i < n; ++i) {
      if (std::abs(M(i, k)) > std::abs(M(best, k))) best = i;
    }
    for (std::size_t j = 0; j < n; ++j) std::swap(M(k, j), M(best, j));
    std::swap(b[k], b[best]);
    for (std::size_t i = k + 1; i < n; ++i) {
      double const factor = M(i, k) / M(k, k);
      for (std::size_t j = k; j < n; ++j) M(i, j) -= factor * M(k, j);
      b[i] -= factor * b[k];
    }
  }
  for (std::size_t k = n; k-- > 0;) {
    for (std::size_t j = k + 1; j < n; ++j) b[k] -= M(k, j) * b[j];
    b[k] /= M(k, k);
  }
  return b;
}

DenseMatrix transposed(DenseMatrix const& M) {
  DenseMatrix result(M.columns(), M.rows());
  for (std::size_t i = 0; i < M.rows(); ++i) {
    for (std::size_t j = 0; j < M.columns(); ++j) result(j, i) = M(i, j);
  }
  return result;
}

struct Shape {
  std::string name;
  std::size_t regions, sectors;
  double zero_share;
  std::size_t zero_output;
  double inventory_change;
};

class Chains : public testing::TestWithParam<std::tuple<Shape, std::uint64_t>> {
 protected:
  static test::RandomWorld options() {
    auto const& [shape, seed] = GetParam();
    return {.regions = shape.regions,
            .sectors = shape.sectors,
            .seed = Seed{seed},
            .zero_share = shape.zero_share,
            .zero_output = shape.zero_output,
            .inventory_change = shape.inventory_change};
  }

  [[nodiscard]] DenseMatrix A() const {
    DenseMatrix result(n_, n_);
    for (std::size_t i = 0; i < n_; ++i) {
      for (std::size_t j = 0; j < n_; ++j) {
        double const x = output(j);
        result(i, j) = x > 0 ? economy_.flows()(IndustryId{i}, IndustryId{j}) / x : 0.0;
      }
    }
    return result;
  }
  [[nodiscard]] Vector f() const {
    Vector result(n_);
    for (std::size_t i = 0; i < n_; ++i) {
      for (std::size_t r = 0; r < economy_.space().regions(); ++r) {
        result[i] += economy_.final_by_region()(IndustryId{i}, RegionId{r});
      }
    }
    return result;
  }
  [[nodiscard]] double output(std::size_t i) const { return economy_.output()[IndustryId{i}]; }
  [[nodiscard]] std::vector<IndustryId> industries_of(std::size_t region) const {
    std::vector<IndustryId> result;
    auto const& space = economy_.space();
    for (auto i = space.first_of(RegionId{region}).index();
         i < space.last_of(RegionId{region}).index(); ++i) {
      result.emplace_back(i);
    }
    return result;
  }

  /// x - x(0) with the table of the question written out cell by cell.
  [[nodiscard]] Vector plain_loss(Extraction const& question) const {
    auto const before = A();
    auto after = before;
    auto use = f();
    std::set<IndustryId> const sellers(question.suppliers.begin(), question.suppliers.end());
    std::set<IndustryId> const buyers(question.buyers.begin(), question.buyers.end());
    auto const& space = economy_.space();
    double const left = 1 - question.share;
    for (std::size_t i = 0; i < n_; ++i) {
      bool const seller = sellers.contains(IndustryId{i});
      if (seller && question.kind == ExtractionKind::total) use[i] *= left;
      for (std::size_t j = 0; j < n_; ++j) {
        bool const as_row = seller, as_column = sellers.contains(IndustryId{j});
        bool const hit = question.kind == ExtractionKind::total     ? as_row || as_column
                         : question.kind == ExtractionKind::forward ? as_row
                         : question.kind == ExtractionKind::backward
                             ? as_column
                             : as_row && buyers.contains(IndustryId{j});
        if (hit) after(i, j) = left * before(i, j);
        if (!hit || !question.resourced) continue;
        double offered = 0;
        for (auto const k : space.industries_of(space.sector_of(IndustryId{i}))) {
          if (!sellers.contains(k)) offered += before(k.index(), j);
        }
        for (auto const k : space.industries_of(space.sector_of(IndustryId{i}))) {
          if (sellers.contains(k) || offered <= 0) continue;
          after(k.index(), j) += question.share * before(i, j) * before(k.index(), j) / offered;
        }
      }
    }
    DenseMatrix M(n_, n_);
    for (std::size_t i = 0; i < n_; ++i) {
      for (std::size_t j = 0; j < n_; ++j) M(i, j) = (i == j ? 1.0 : 0.0) - after(i, j);
    }
    auto loss = plain_solve(std::move(M), use);
    for (std::size_t i = 0; i < n_; ++i) loss[i] = output(i) - loss[i];
    return loss;
  }

  void expect_plain(Extraction const& question) const {
    auto const loss = extract(system_, question);
    ASSERT_TRUE(loss.has_value()) << loss.error().what;
    auto const expected = plain_loss(question);
    double const world = std::abs(*std::max_element(expected.begin(), expected.end())) + 1e-3;
    for (std::size_t i = 0; i < n_; ++i) {
      ASSERT_NEAR(loss->output[i], expected[i], 1e-10 * std::max(world, output(i))) << i;
    }
  }

  Economy economy_ = test::random_economy(options());
  LeontiefSystem system_ = LeontiefSystem::make(economy_).value();
  std::size_t n_ = economy_.size();
};

TEST_P(Chains, ExtractionIsTheChangedTableSolvedAfresh) {
  auto const regions = economy_.space().regions();
  auto const home = industries_of(0);
  for (double const share : {1.0, 0.3}) {
    for (auto const kind :
         {ExtractionKind::total, ExtractionKind::backward, ExtractionKind::forward}) {
      expect_plain({.kind = kind, .suppliers = {home.front()}, .share = share});
      expect_plain({.kind = kind, .suppliers = home, .share = share});
    }
    if (regions == 1) continue;
    auto const abroad = industries_of(regions - 1);
    for (bool const resourced : {false, true}) {
      // One to all, all to one, all to all: ranks from rows, columns and either.
      expect_plain({ExtractionKind::flows, {home.front()}, abroad, share, resourced});
      expect_plain({ExtractionKind::flows, home, {abroad.front()}, share, resourced});
      if (economy_.output()[abroad.front()] > 0) {
        expect_plain({ExtractionKind::flows, abroad, home, share, resourced});
      }
    }
  }
}

TEST_P(Chains, AllPairsAreTheSingleExtractions) {
  auto const& space = economy_.space();
  for (bool const resourced : {false, true}) {
    double const share = resourced ? 0.7 : 1.0;
    auto const pairs = extract_all_pairs(system_, share, resourced);
    ASSERT_TRUE(pairs.has_value()) << pairs.error().what;
    ASSERT_EQ(pairs->size(), n_ * (space.regions() - 1));
    std::size_t compared = 0;
    for (std::size_t k = 0; k < pairs->size(); k += 7) {
      auto const& pair = (*pairs)[k];
      auto const home = space.region_of(pair.supplier);
      ASSERT_NE(home, pair.buyer);
      if (economy_.output()[pair.supplier] == 0) {
        EXPECT_EQ(pair.output.world, 0.0);
        continue;
      }
      auto const single = extract(system_, {ExtractionKind::flows,
                                            {pair.supplier},
                                            industries_of(pair.buyer.index()),
                                            share,
                                            resourced});
      ASSERT_TRUE(single.has_value()) << single.error().what;
      auto const output = sum_by_region(space, single->output);
      auto const value = sum_by_region(space, single->value_added);
      double const scale = 1e-11 * (single->taken_away + 1e-6);
      EXPECT_NEAR(pair.taken_away, single->taken_away, scale);
      EXPECT_NEAR(pair.not_resourced, single->not_resourced, scale);
      EXPECT_NEAR(pair.output.supplier, output[home.index()], 10 * scale);
      EXPECT_NEAR(pair.output.buyer, output[pair.buyer.index()], 10 * scale);
      EXPECT_NEAR(pair.value_added.supplier, value[home.index()], 10 * scale);
      double others = 0;
      for (std::size_t r = 0; r < output.size(); ++r) {
        if (r != home.index() && r != pair.buyer.index()) others += output[r];
      }
      EXPECT_NEAR(pair.output.others, others, 10 * scale);
      EXPECT_NEAR(pair.output.world, pair.output.supplier + pair.output.buyer + pair.output.others,
                  10 * scale);
      ++compared;
    }
    EXPECT_EQ(compared > 0, space.regions() > 1);
  }
}

TEST_P(Chains, AllIndustriesAreTheSingleExtractions) {
  for (auto const kind :
       {ExtractionKind::total, ExtractionKind::backward, ExtractionKind::forward}) {
    for (double const share : {1.0, 0.4}) {
      auto const all = extract_all_industries(system_, kind, share).value();
      ASSERT_EQ(all.size(), n_);
      for (std::size_t k = 0; k < n_; k += 3) {
        IndustryId const id{k};
        if (output(k) == 0) {
          EXPECT_EQ(all[k].output.world, 0.0);
          continue;
        }
        auto const single =
            extract(system_, {.kind = kind, .suppliers = {id}, .share = share}).value();
        double world = 0, value = 0;
        for (double const loss : single.output) world += loss;
        for (double const loss : single.value_added) value += loss;
        EXPECT_NEAR(all[k].output.world, world, 1e-11 * output(k));
        EXPECT_NEAR(all[k].taken_away, single.taken_away, 1e-11 * output(k));
        EXPECT_NEAR(all[k].output_own, single.output[k], 1e-11 * output(k));
        EXPECT_NEAR(all[k].value_added.world, value, 1e-11 * output(k));
        auto const home = economy_.space().region_of(id).index();
        EXPECT_NEAR(all[k].output.supplier, sum_by_region(economy_.space(), single.output)[home],
                    1e-11 * output(k));
      }
    }
  }
}

/// World value added falls by u'D x(0): by the flows that are gone, at the outputs that are left.
/// So it does not change where all is ordered elsewhere, and falls by at most what is taken away
/// where nothing is.
TEST_P(Chains, ResourcedExtractionKeepsWorldValueAdded) {
  auto const regions = economy_.space().regions();
  if (regions == 1) return;
  std::size_t kept = 0;
  for (std::size_t r = 1; r < regions; ++r) {
    Extraction question{ExtractionKind::flows, industries_of(0), industries_of(r), 1.0, false};
    auto const plain = extract(system_, question).value();
    double lost = 0, most = 0;
    for (double const value : plain.value_added) lost += value;
    EXPECT_GE(lost, 0.0);
    EXPECT_LE(lost, plain.taken_away * (1 + 1e-12));
    for (double const loss : plain.output) {
      EXPECT_GE(loss, -1e-12 * plain.taken_away);
      most = std::max(most, loss);
    }
    question.resourced = true;
    auto const moved = extract(system_, question).value();
    EXPECT_NEAR(moved.resourced + moved.not_resourced, moved.taken_away, 1e-12 * moved.taken_away);
    EXPECT_NEAR(moved.taken_away, plain.taken_away, 1e-12 * plain.taken_away);
    if (moved.not_resourced > 0) continue;
    double changed = 0;
    for (double const value : moved.value_added) changed += value;
    EXPECT_NEAR(changed, 0.0, 1e-10 * (moved.taken_away + most));
    ++kept;
  }
  if (options().zero_share == 0) {
    EXPECT_EQ(kept, regions - 1);
  }
}

TEST_P(Chains, MoreTakenAwayLosesMore) {
  auto const regions = economy_.space().regions();
  if (regions == 1) return;
  Vector before(n_, 0.0);
  for (double const share : {0.1, 0.5, 0.9, 1.0}) {
    auto const loss =
        extract(system_, {ExtractionKind::flows, industries_of(0), industries_of(1), share, false})
            .value();
    for (std::size_t i = 0; i < n_; ++i) {
      EXPECT_GE(loss.output[i], before[i] - 1e-12 * output(i));
      before[i] = loss.output[i];
    }
  }
}

/// dp_E' = dp_K' A_KE (I - A_EE)^-1 solved afresh.
TEST_P(Chains, FixedPricesAreThePartitionedModel) {
  std::vector<IndustryId> fixed;
  Vector rise;
  for (std::size_t k = 0; k < n_; k += 4) {
    fixed.emplace_back(k);
    rise.push_back(0.1 + 0.01 * static_cast<double>(k));
  }
  auto const price = fixed_price_push(system_, fixed, rise);
  auto const coefficients = A();
  std::vector<std::size_t> rest;
  for (std::size_t i = 0; i < n_; ++i) {
    if (i % 4 != 0) rest.push_back(i);
  }
  DenseMatrix M(rest.size(), rest.size());
  Vector pushed(rest.size(), 0.0);
  for (std::size_t a = 0; a < rest.size(); ++a) {
    for (std::size_t b = 0; b < rest.size(); ++b) {
      M(a, b) = (a == b ? 1.0 : 0.0) - coefficients(rest[a], rest[b]);
    }
    for (std::size_t k = 0; k < fixed.size(); ++k) {
      pushed[a] += rise[k] * coefficients(fixed[k].index(), rest[a]);
    }
  }
  auto const expected = plain_solve(transposed(M), pushed);
  for (std::size_t a = 0; a < rest.size(); ++a) {
    EXPECT_NEAR(price[rest[a]], expected[a], 1e-12) << rest[a];
  }
  for (std::size_t k = 0; k < fixed.size(); ++k) EXPECT_EQ(price[fixed[k].index()], rise[k]);
}

/// Costs are conserved: what final use pays more is what the dearer inputs cost, dp'f = dc'x.
TEST_P(Chains, BordersPassOnEveryCost) {
  auto const regions = economy_.space().regions();
  if (regions == 1) return;
  PriceQuestion question{.suppliers = industries_of(0), .buyers = {RegionId{1}}, .rise = 0.1};
  auto const effect = price_effect(system_, question).value();
  double paid = 0, cost = 0, most = 0;
  for (auto const& basket : effect.baskets) {
    paid += basket.total - basket.direct;
    most += std::abs(basket.total);
  }
  for (std::size_t j = 0; j < n_; ++j) cost += effect.direct[j] * output(j);
  EXPECT_NEAR(paid, cost, 1e-11 * most);
  question.rise = 0.2;
  auto const twice = price_effect(system_, question).value();
  for (std::size_t j = 0; j < n_; ++j) {
    EXPECT_NEAR(twice.price[j], 2 * effect.price[j], 1e-13);
    EXPECT_GE(effect.price[j], 0.0);
  }
  // Dearer everywhere costs the buyers at least their own purchases, and nobody is made better off.
  question.buyers.clear();
  auto const everywhere = price_effect(system_, question).value();
  for (std::size_t j = 0; j < n_; ++j) {
    if (economy_.space().region_of(IndustryId{j}) == RegionId{0}) continue;
    EXPECT_GE(everywhere.price[j], everywhere.direct[j] - 1e-13);
    EXPECT_LE(everywhere.price[j], question.rise + 1e-13);
  }
}

/// From the definition, with the Leontief inverse for demand pull and the Ghosh inverse for cost
/// push, both by plain elimination.
TEST_P(Chains, PropagationIsTheSameForwardAndBackward) {
  auto const coefficients = A();
  DenseMatrix M(n_, n_), G(n_, n_);
  for (std::size_t i = 0; i < n_; ++i) {
    for (std::size_t j = 0; j < n_; ++j) {
      double const one = i == j ? 1.0 : 0.0;
      M(i, j) = one - coefficients(i, j);
      double const share = output(i) > 0 && output(j) > 0
                               ? coefficients(i, j) * output(j) / output(i)
                               : coefficients(i, j);
      G(i, j) = one - share;
    }
  }
  auto const all = propagation(system_);
  for (std::size_t j = 0; j < n_; j += 5) {
    for (bool const forward : {false, true}) {
      auto const& matrix = forward ? G : M;
      Vector column(n_), unit(n_, 0.0);
      unit[j] = 1;
      auto once = plain_solve(matrix, unit);
      once[j] -= 1;
      auto const twice = plain_solve(matrix, once);
      for (std::size_t i = 0; i < n_; ++i) {
        if (i != j && once[i] < 1e-9) continue;  // elimination leaves 1e-16 where nothing flows
        if (i == j && once[i] < 1e-6) continue;  // L_jj - 1 has lost its digits
        EXPECT_NEAR(all.length(i, j), twice[i] / once[i], 1e-6) << i << " " << j << forward;
      }
    }
    for (std::size_t i = 0; i < n_; ++i) {
      EXPECT_EQ(all.length(i, j) > 0, all.strength(i, j) > 0);
      if (all.strength(i, j) > 0) {
        EXPECT_GE(all.length(i, j), 1 - 1e-13);
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Depend, Chains,
                         testing::Combine(testing::Values(Shape{"OneRegion", 1, 9, 0, 0, 0},
                                                          Shape{"TwoLarge", 2, 14, 0, 0, 0},
                                                          Shape{"Many", 9, 3, 0.3, 0, 0.2},
                                                          Shape{"Holes", 5, 7, 0.8, 5, 0.5}),
                                          testing::Values(1U, 2U, 3U)),
                         [](auto const& each) {
                           return std::get<0>(each.param).name +
                                  std::to_string(std::get<1>(each.param));
                         });

}  // namespace
}  // namespace linchpin::depend
