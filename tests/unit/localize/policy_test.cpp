// SPDX-License-Identifier: Apache-2.0
#include "linchpin/localize/policy.h"

#include <gtest/gtest.h>

#include <vector>

namespace linchpin::localize {
namespace {

Instrument of(InstrumentKind kind, double amount, double leakage = 0) {
  Instrument instrument;
  instrument.kind = kind;
  instrument.amount = amount;
  instrument.leakage = leakage;
  return instrument;
}

TEST(Policy, NothingIsTheNeutralState) { EXPECT_EQ(policy_at({}, 2025, 1), PolicyState{}); }

TEST(Policy, InstrumentsCountWhileTheyAreInForce) {
  auto tariff = of(InstrumentKind::tariff, 0.2);
  tariff.from = 2025.5;
  tariff.to = 2027;
  std::vector const instruments{tariff};
  EXPECT_DOUBLE_EQ(policy_at(instruments, 2024, 1).tariff, 0);
  EXPECT_NEAR(policy_at(instruments, 2025, 1).tariff, 0.1, 1e-12);
  EXPECT_NEAR(policy_at(instruments, 2026, 1).tariff, 0.2, 1e-12);
  EXPECT_DOUBLE_EQ(policy_at(instruments, 2027, 1).tariff, 0);
}

TEST(Policy, InstrumentsOfAKindAddUp) {
  std::vector const instruments{of(InstrumentKind::production_subsidy, 0.7),
                                of(InstrumentKind::production_subsidy, 0.7),
                                of(InstrumentKind::mandate, 0.5),
                                of(InstrumentKind::mandate, 0.5),
                                of(InstrumentKind::research_subsidy, 0.3),
                                of(InstrumentKind::talent_access, -0.4),
                                of(InstrumentKind::licence_access, -0.8)};
  auto const state = policy_at(instruments, 2025, 1);
  EXPECT_DOUBLE_EQ(state.production_subsidy, highest_subsidy);
  EXPECT_DOUBLE_EQ(state.mandate, 0.75);
  EXPECT_DOUBLE_EQ(state.research_effort, 1.3);
  EXPECT_DOUBLE_EQ(state.learning_access, 0);
}

/// Makers are a number, not a rate: dates within years bring as many as whole years.
TEST(Policy, MakersAreAddedWhole) {
  Instrument entry = of(InstrumentKind::entry_subsidy, 5);
  entry.from = 2025.5;
  entry.to = 2026.5;
  std::vector const instruments{entry};
  EXPECT_DOUBLE_EQ(policy_at(instruments, 2024, 1).makers_added, 0);
  EXPECT_DOUBLE_EQ(policy_at(instruments, 2025, 1).makers_added, 5);
  EXPECT_DOUBLE_EQ(policy_at(instruments, 2026, 1).makers_added, 5);
  EXPECT_DOUBLE_EQ(policy_at(instruments, 2027, 1).makers_added, 0);
}

TEST(Policy, NothingIsGivenAway) {
  auto const refused = check(of(InstrumentKind::production_subsidy, 1), "policy 1");
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().hint.find("use 0 to 0.95"), std::string::npos) << refused.error().hint;
  EXPECT_FALSE(check(of(InstrumentKind::purchase_subsidy, 0.96), ""));
  EXPECT_TRUE(check(of(InstrumentKind::production_subsidy, 0.95), ""));
  EXPECT_TRUE(check(of(InstrumentKind::investment_subsidy, 1), ""));
}

/// A control that leaks everything is no control.
TEST(Policy, ControlsLeak) {
  std::vector const leaky{of(InstrumentKind::product_control, 1, 1),
                          of(InstrumentKind::tool_control, 1, 1)};
  EXPECT_EQ(policy_at(leaky, 2025, 1), PolicyState{});
  std::vector const tight{of(InstrumentKind::product_control, 0.5, 0.2),
                          of(InstrumentKind::product_control, 0.5)};
  EXPECT_NEAR(policy_at(tight, 2025, 1).product_access, 0.3, 1e-14);
}

TEST(Policy, NamesAndChecks) {
  for (int k = 0; k <= static_cast<int>(InstrumentKind::licence_access); ++k) {
    auto const kind = static_cast<InstrumentKind>(k);
    EXPECT_EQ(instrument_kind(to_string(kind)), kind);
  }
  EXPECT_FALSE(instrument_kind("prayer"));
  auto wrong = of(InstrumentKind::mandate, 2, -1);
  wrong.from = 2026;
  wrong.to = 2025;
  auto const result = check(wrong, "x");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().further.size() + 1, 3U);
  EXPECT_TRUE(check(of(InstrumentKind::stockpile, 1e6), "x"));
}

}  // namespace
}  // namespace linchpin::localize
