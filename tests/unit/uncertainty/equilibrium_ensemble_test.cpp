// SPDX-License-Identifier: Apache-2.0
// Draws of elasticities around a solved trade model.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "linchpin/equilibrium/outcome.h"
#include "linchpin/equilibrium/solve.h"
#include "linchpin/uncertainty/equilibrium_ensemble.h"
#include "linchpin/uncertainty/equilibrium_parameters.h"
#include "support/trade_fixtures.h"

namespace linchpin::uncertainty {
namespace {

using ::testing::HasSubstr;

Uncertain uniform(char const* name, double low, double high) {
  Uncertain one;
  one.parameter = name;
  one.distribution = {sampling::DistributionKind::uniform, low, high, {}};
  one.where = "here";
  return one;
}

TEST(EquilibriumParameters, NamesRangesAndDoubles) {
  std::vector<std::string> const sectors{"S0", "S1"};
  auto const good =
      find_equilibrium_parameters({uniform("theta.S1", 2, 3), uniform("theta_scale", 0.5, 1.5),
                                   uniform("nest.materials", 0, 2)},
                                  sectors);
  ASSERT_TRUE(good);
  EXPECT_EQ((*good)[0].sector, 1U);
  auto const bad =
      find_equilibrium_parameters({uniform("theta.S7", 2, 3), uniform("theta_scale", -1, 1.5),
                                   uniform("nest.material", 0, 2), uniform("theta_scale", 1, 2)},
                                  sectors);
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().further.size(), 3U);
  EXPECT_THAT(bad.error().hint, HasSubstr("theta.S"));
}

TEST(EquilibriumParameters, SectorsFirstThenTheFactorOnAll) {
  std::vector<EquilibriumParameter> const parameters{{EquilibriumParameter::Kind::theta_scale, 0},
                                                     {EquilibriumParameter::Kind::theta_sector, 1}};
  DenseVector theta{4, 4};
  equilibrium::Closure closure;
  apply(parameters, std::vector<double>{0.5, 10.0}, theta, closure);
  EXPECT_EQ(theta, (DenseVector{2, 5}));
}

TEST(EquilibriumEnsemble, ThreadsChangeNothingAndTheCentralAnswerLiesInside) {
  auto const raw = equilibrium::calibrate(test::random_accounts(3, 3, Rng{Seed{5}, 0}));
  ASSERT_TRUE(raw);
  auto const base = equilibrium::consistent_base(*raw, equilibrium::DeficitRule::zero);
  ASSERT_TRUE(base);
  equilibrium::TradePolicy policy;
  equilibrium::fill_tariffs(policy, *base);
  policy.tariff[base->grid.pair(0, 0, 1)] += 0.3;
  auto const central = equilibrium::solve(*base, policy);
  ASSERT_TRUE(central);
  std::vector<double> welfare;
  for (auto const& each : equilibrium::outcomes(*base, policy, *central)) {
    welfare.push_back(each.welfare_exact);
  }
  welfare.push_back(0);
  EquilibriumEnsembleRequest const request{
      .design = sampling::DesignKind::sobol, .draws = 64, .seed = Seed{3}};
  auto const one =
      equilibrium_ensemble(*base, policy, {}, *central, welfare, request, {.threads = 1});
  auto const two =
      equilibrium_ensemble(*base, policy, {}, *central, welfare, request, {.threads = 2});
  ASSERT_TRUE(one && two);
  EXPECT_EQ(one->failed, 0U);
  ASSERT_EQ(one->bands.size(), 4U);
  for (std::size_t n = 0; n < 4; ++n) {
    EXPECT_EQ(one->bands[n].p05, two->bands[n].p05);
    EXPECT_EQ(one->bands[n].mean, two->bands[n].mean);
  }
  EXPECT_LT(one->bands[1].p05, welfare[1]);
  EXPECT_GT(one->bands[1].p95, welfare[1]);
  EXPECT_EQ(one->parameters.size(), 4U);

  // What is left out of the central world is left out of the world of every draw.
  auto without = request;
  without.focus = 1;
  without.outlier = {true, false, true};
  auto const alone = equilibrium_ensemble(*base, policy, {}, *central, welfare, without);
  ASSERT_TRUE(alone);
  EXPECT_TRUE(alone->bands[0].outlier && alone->bands[2].outlier);
  EXPECT_FALSE(alone->bands[1].outlier || alone->bands[3].outlier);
  EXPECT_NEAR(alone->bands[3].p05, alone->bands[1].p05, 1e-12);
  EXPECT_NEAR(alone->bands[3].mean, alone->bands[1].mean, 1e-12);
  EXPECT_GT(std::abs(one->bands[3].mean - one->bands[1].mean), 1e-6);
  without.outlier = {true, true, true};
  auto const none = equilibrium_ensemble(*base, policy, {}, *central, welfare, without);
  ASSERT_TRUE(none);
  EXPECT_EQ(none->bands.size(), 3U) << "no world without regions";
  EXPECT_TRUE(none->focus.empty() && none->sensitivity.empty());
  EXPECT_THAT(none->no_sensitivity, HasSubstr("outlier"));
}

}  // namespace
}  // namespace linchpin::uncertainty
