// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "linchpin/study/autonomy_abroad.h"
#include "linchpin/study/autonomy_bill.h"
#include "linchpin/study/autonomy_rows.h"
#include "unit/localize/coupled_fixtures.h"

namespace linchpin::study {
namespace {

using localize::InstrumentKind;

parameters::Technology chips() {
  auto const text = [](char const* file) {
    std::ifstream stream(
        fmt::format("{}/data/parameters/technologies/ai-chips/{}", LINCHPIN_SOURCE_DIR, file));
    return std::string{std::istreambuf_iterator<char>(stream), {}};
  };
  auto technology = parameters::read_technology(text("technology.toml"), "technology.toml",
                                                text("numbers.csv"), "numbers.csv");
  if (!technology) throw std::runtime_error(technology.error().what);
  return *std::move(technology);
}

struct Run {
  localize::AutonomyCase each;
  localize::AutonomyCurve curve;
};

Run run() {
  Run run;
  run.each.technology = localize::test::coupled_case(true);
  run.each.years = 4;
  run.each.cut_off.years = 1;
  run.each.programme = {{InstrumentKind::production_subsidy, 2025, 2040, 0.2}};
  auto curve = localize::autonomy_curve(run.each);
  if (!curve) throw std::runtime_error(curve.error().what);
  run.curve = *std::move(curve);
  return run;
}

/// Cost by component is the cost of the path, to 1e-10, in every year and preset.
TEST(BillPath, AddsUpToThePrice) {
  auto const technology = chips();
  auto const [each, curve] = run();
  for (auto const& preset : technology.presets) {
    auto const bill = bill_path(technology, preset.values, "CHN", each.technology, curve.with);
    ASSERT_TRUE(bill) << bill.error().what;
    ASSERT_EQ(bill->size(), curve.with.size());
    for (std::size_t t = 0; t < bill->size(); ++t) {
      auto const& year = (*bill)[t];
      auto const& path = curve.with[t];
      EXPECT_NEAR(year.total(), path.cost.total(), 1e-10);
      EXPECT_NEAR(year.total() + year.profit, path.unit_cost * path.price_abroad, 1e-10);
      for (std::size_t s = 0; s < year.home.size(); ++s) {
        EXPECT_GE(year.home[s], 0);
        EXPECT_GE(year.imported[s], 0);
      }
      EXPECT_EQ(year.imported[technology.product], 0);
    }
    EXPECT_EQ(bill->front().scaled, 1);
  }
}

TEST(BillPath, SuppliersAtHomeServeTheirOwnFirst) {
  auto const technology = chips();
  auto const values = technology.values();
  auto const some = first_home_shares(technology, values, "CHN", 0.1);
  auto const few = first_home_shares(technology, values, "CHN", 1);
  auto const design = *technology.stage("chip-design");  // 8 % of the world's
  EXPECT_NEAR(some[design], 0.8, 1e-12);
  EXPECT_NEAR(few[design], 0.08, 1e-12);
  EXPECT_EQ(some[*technology.stage("memory")], 0);
  EXPECT_EQ(few[technology.product], 1);
}

TEST(Abroad, LossesAreRankedAndAddUpToNoMoreThanIsMade) {
  auto const [each, curve] = run();
  parameters::HorizonProfile const horizon = each.cut_off.horizon;
  auto const years = abroad_of(each.technology, curve, horizon);
  ASSERT_EQ(years.size(), 4U);
  auto const& last = years.back();
  ASSERT_FALSE(last.losses.empty());
  auto const& base = each.technology.base;
  for (std::size_t k = 0; k < last.losses.size(); ++k) {
    auto const& loss = last.losses[k];
    EXPECT_NE(loss.region, each.technology.home);
    EXPECT_GT(loss.value, 0);
    EXPECT_LE(loss.of_sector, 1);
    EXPECT_LE(loss.value, last.losses[k > 0 ? k - 1 : 0].value);
    auto const good = base.grid.good(loss.sector, loss.region);
    double const fall =
        curve.without.back().real_output[good] - curve.with.back().real_output[good];
    EXPECT_NEAR(loss.value, fall * base.output[good], 1e-9 * loss.value);
  }
  // A subsidy on production sells more abroad: others lose sales of the line and buy more of it.
  for (std::size_t n = 0; n < last.regions.size(); ++n) {
    if (n == each.technology.home) continue;
    EXPECT_GT(last.regions[n].line_lost, 0);
    EXPECT_GT(last.regions[n].newcomer, last.regions[n].newcomer_without);
    ASSERT_TRUE(last.regions[n].stop.soon && last.regions[n].stop_without.soon);
    EXPECT_GT(*last.regions[n].stop.soon, *last.regions[n].stop_without.soon);
    EXPECT_GE(*last.regions[n].stop.soon, *last.regions[n].stop.settled);
  }
}

// 1 - (1 - 0.5)^(0.1 / 4) by hand; first order 0.1 x ln 2 / 4.
TEST(Abroad, AStopCostsWhatTheFormulaSays) {
  EXPECT_NEAR(*stop_loss(0.1, 0.5, 4), 1 - std::pow(0.5, 0.025), 1e-15);
  EXPECT_NEAR(*stop_loss(0.1, 0.5, 4), 0.1 * std::log(2) / 4, 2e-4);
  EXPECT_EQ(*stop_loss(0.1, 0, 4), 0);
  EXPECT_EQ(*stop_loss(0, 1, 4), 0);
  EXPECT_FALSE(stop_loss(0.1, 1, 4));
}

TEST(AutonomyRows, NumbersHaveNamesPeopleRead) {
  EXPECT_EQ(number_words("learning_rate (all stages)"), "learning rate (all stages)");
  EXPECT_EQ(number_words("theta"), "trade elasticity");
  EXPECT_EQ(number_words("diffusion.half_stock"), "use by others: half stock");
}

}  // namespace
}  // namespace linchpin::study
