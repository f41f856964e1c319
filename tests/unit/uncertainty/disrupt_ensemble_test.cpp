// SPDX-License-Identifier: Apache-2.0
#include "linchpin/uncertainty/disrupt_ensemble.h"

#include <gtest/gtest.h>

#include <cmath>

#include "linchpin/results/ensemble_json.h"
#include "linchpin/uncertainty/disrupt_parameters.h"
#include "linchpin/uncertainty/summary.h"
#include "support/random_economy.h"
#include "unit/uncertainty/memory_sink.h"

namespace linchpin::uncertainty {
namespace {

using sampling::DistributionKind;

class DisruptEnsemble : public testing::Test {
 protected:
  Economy economy = test::random_economy({.regions = 4, .sectors = 6, .seed = Seed{11}});
  disrupt::ModelOptions options{.inventory_days = disrupt::default_inventory_days(economy.space()),
                                .days = 60};
  Scenario scenario = half_of_everything();

  static Scenario half_of_everything() {
    Cut cut;
    cut.sellers = {RegionId{1}};
    cut.buyers = {RegionId{0}};
    cut.course.share = 0.5;
    return {.name = "cut", .cuts = {cut}};
  }
  DisruptEnsembleRequest request(std::size_t draws) const {
    return {.draws = draws, .seed = Seed{3}, .focus = RegionId{0}};
  }
  disrupt::Path central() const { return *disrupt::simulate(economy, scenario, options); }
};

// Drawn shares of the cut against single runs with the quantiles of the share: the loss rises with
// the share, so quantiles go through.
TEST_F(DisruptEnsemble, QuantilesOfAShareAreRunsAtItsQuantiles) {
  auto asked = request(1024);
  asked.uncertain = {{"cut.1.share", {DistributionKind::uniform, 0.2, 0.8}}};
  asked.design = sampling::DesignKind::sobol;
  auto const found = disrupt_ensemble(economy, scenario, options, asked);
  ASSERT_TRUE(found) << found.error().what;
  auto const loss_at = [&](double share) {
    auto one = scenario;
    one.cuts[0].course.share = share;
    return disrupt::simulate(economy, one, options)->region_final_use_loss_pct[0];
  };
  ASSERT_LT(loss_at(0.23), loss_at(0.77));
  auto const& spread = found->scalars[scalar_place(0, 0, 4)];
  EXPECT_NEAR(spread.p05, loss_at(0.23), 2e-3 * loss_at(0.77));
  EXPECT_NEAR(spread.p50, loss_at(0.5), 2e-3 * loss_at(0.77));
  EXPECT_NEAR(spread.p95, loss_at(0.77), 2e-3 * loss_at(0.77));
}

// One draw after the other against simulate(): the ensemble is nothing but runs of the model.
TEST_F(DisruptEnsemble, ADrawIsARun) {
  auto asked = request(5);
  test::MemorySink sink;
  asked.checkpoint = &sink;
  auto const found = disrupt_ensemble(economy, scenario, options, asked);
  ASSERT_TRUE(found);
  auto const uncertain = default_uncertain(options);
  auto const parameters = find_parameters(uncertain, economy.space(), scenario, options);
  auto const design = sampling::Design::make(sampling::DesignKind::sobol, 5, 5, Seed{3});
  ASSERT_TRUE(parameters && design && sink.kept);
  std::vector<double> point(5);
  for (std::size_t k = 0; k < 5; ++k) {
    design->point(k, point);
    for (std::size_t i = 0; i < 5; ++i) point[i] = uncertain[i].distribution.quantile(point[i]);
    auto one = scenario;
    auto own = options;
    apply(*parameters, point, economy.space(), one, own);
    auto const path = disrupt::simulate(economy, one, own);
    ASSERT_TRUE(path);
    for (std::size_t r = 0; r < 4; ++r) {
      EXPECT_NEAR(sink.kept->scalars(k, scalar_place(0, r, 4)), path->region_final_use_loss_pct[r],
                  1e-9);
      EXPECT_NEAR(sink.kept->scalars(k, scalar_place(2, r, 4)), path->region_output_loss_pct[r],
                  1e-9);
    }
  }
}

TEST_F(DisruptEnsemble, ThreadsAndStopsChangeNoBit) {
  auto asked = request(448);  // 64 groups of seven
  auto const once = [&](RunControl const& control, sampling::CheckpointSink* sink) {
    asked.checkpoint = sink;
    return disrupt_ensemble(economy, scenario, options, asked, control);
  };
  auto const path = central();
  auto const words = [&](Ensemble const& ensemble) {
    Json document;
    add_ensemble(document, summarise(economy.space(), "cut", path, asked, ensemble));
    return to_text(document);
  };
  auto const one = once({.threads = 1}, nullptr);
  auto const two = once({.threads = 2}, nullptr);
  ASSERT_TRUE(one && two);
  EXPECT_EQ(words(*one), words(*two));
  ASSERT_TRUE(one->sensitivity);
  EXPECT_EQ(one->sensitivity->factors.size(), 5U);

  test::MemorySink sink;
  RunControl stopping{.threads = 2};
  stopping.progress = [&](std::string_view, std::size_t done, std::size_t total) {
    if (2 * done >= total) stopping.cancel.cancel();
  };
  auto const half = once(stopping, &sink);
  ASSERT_FALSE(half);
  EXPECT_EQ(half.error().code, ErrorCode::cancelled);
  ASSERT_TRUE(sink.kept);
  EXPECT_GT(sink.kept->done, 0U);
  EXPECT_LT(sink.kept->done, 448U);
  auto const resumed = once({.threads = 1}, &sink);
  ASSERT_TRUE(resumed) << resumed.error().what;
  EXPECT_EQ(words(*one), words(*resumed));
}

// The tail of a normal psi lies above 1: those draws fail, are counted and spoil nothing.
TEST_F(DisruptEnsemble, DrawsOutsideTheModelFail) {
  auto asked = request(400);
  asked.uncertain = {{"psi", {DistributionKind::normal, 0.8, 1.0}}};
  asked.design = sampling::DesignKind::latin_hypercube;
  auto const found = disrupt_ensemble(economy, scenario, options, asked);
  ASSERT_TRUE(found);
  // 5 % of the draws, one per interval of 1/400.
  EXPECT_EQ(found->failed, 20U);
  EXPECT_EQ(found->independent, 380U);
  ASSERT_FALSE(found->warnings.empty());
  EXPECT_NE(found->failures[0].reason.find("psi"), std::string::npos) << found->failures[0].reason;
}

// A cut of 1 % of world output, doubled by a shift of all final use in a region that is as large.
TEST_F(DisruptEnsemble, TheThresholdIsFiveTimesWhatEventsTouch) {
  auto path = central();
  double output = 0;
  for (double const each : path.output_baseline) output += each;
  path.reach.cuts = {0.01 * output * 365};
  EXPECT_NEAR(amplification_pct(scenario, path), 5, 1e-12);
  path.region_final_use_baseline[2] = 0.01 * output;
  scenario.demand_shifts.push_back({.regions = {RegionId{2}}});
  EXPECT_NEAR(amplification_pct(scenario, path), 10, 1e-12);
  path.reach.cuts = {0};
  EXPECT_TRUE(std::isinf(amplification_pct({}, path)));
}

// Every draw loses some output: with a threshold of zero all are beyond it, with none none is.
TEST_F(DisruptEnsemble, DrawsBeyondTheThresholdAreCounted) {
  auto asked = request(16);
  for (auto const& [threshold, count] :
       {std::pair{0.0, std::size_t{16}}, std::pair{200.0, std::size_t{0}}}) {
    asked.threshold_pct = threshold;
    auto const found = disrupt_ensemble(economy, scenario, options, asked);
    ASSERT_TRUE(found);
    auto const summary = summarise(economy.space(), "cut", central(), asked, *found);
    EXPECT_EQ(summary.beyond_threshold, count);
    EXPECT_EQ(summary.warnings.size(), count > 0 ? 1U : 0U);
  }
}

TEST_F(DisruptEnsemble, TheLedgerNamesWhatMovesTheResult) {
  auto asked = request(64 * 5);
  asked.uncertain = {{"cut.1.share", {DistributionKind::uniform, 0.1, 0.9}},
                     {"tau_inventory_days", {DistributionKind::uniform, 59, 61}},
                     {"psi", {DistributionKind::uniform, 0.799, 0.801}}};
  auto const found = disrupt_ensemble(economy, scenario, options, asked);
  ASSERT_TRUE(found);
  auto const ledger = ledger_sentence(*found);
  EXPECT_EQ(ledger.find("What moves this result most: how much of the deliveries the cut stops"),
            0U)
      << ledger;
  asked.draws = 10;
  auto const few = disrupt_ensemble(economy, scenario, options, asked);
  ASSERT_TRUE(few);
  EXPECT_NE(ledger_sentence(*few).find("that takes 320"), std::string::npos);
}

}  // namespace
}  // namespace linchpin::uncertainty
