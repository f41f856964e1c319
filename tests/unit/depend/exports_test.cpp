// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <array>

#include "linchpin/depend/exports/borin_mancini.h"
#include "linchpin/depend/exports/kww.h"
#include "linchpin/depend/exports/wwz.h"
#include "support/fixtures.h"

namespace linchpin::depend {
namespace {

constexpr double printed = 5.1e-7;  // six decimals, rounded

/// Numbers of the "leather" table on which three independent programs agree: decompr (Quast &
/// Kummritz 2015), exvatools (Feas 2023) and a numpy transcription; six decimals.
class Leather : public ::testing::Test {
 protected:
  Leather()
      : system_(LeontiefSystem::make(Economy::make(test::leather()).value()).value()),
        base_(export_base(system_).value()) {}

  void expect_country_terms(BmDetail const& detail) const {
    struct Terms {
      double exports, dc, dva, vax, ref, ddc, fc, fva, fdc, davax, gvc, gvcb, gvcf;
    };
    std::array<Terms, 3> const expected{{
        {64.3, 53.689956, 52.817562, 46.732088, 6.085473, 0.872395, 10.610044, 10.434837, 0.175206,
         34.798770, 29.501230, 11.482438, 18.018791},
        {113.6, 92.461753, 89.824817, 77.341444, 12.483373, 2.636936, 21.138247, 20.555642, 0.582605,
         65.503601, 48.096399, 23.775183, 24.321216},
        {147.6, 111.290583, 106.842403, 96.719142, 10.123261, 4.448180, 36.309417, 35.064888,
         1.244529, 89.316889, 58.283111, 40.757597, 17.525514},
    }};
    for (std::size_t s = 0; s < 3; ++s) {
      auto const terms = detail.of_exporter(base_.space(), RegionId{s});
      EXPECT_NEAR(terms.exports, expected[s].exports, 1e-12);
      EXPECT_NEAR(terms.dc(), expected[s].dc, printed);
      EXPECT_NEAR(terms.dva(), expected[s].dva, printed);
      EXPECT_NEAR(terms.vax, expected[s].vax, printed);
      EXPECT_NEAR(terms.ref, expected[s].ref, printed);
      EXPECT_NEAR(terms.ddc, expected[s].ddc, printed);
      EXPECT_NEAR(terms.fc(), expected[s].fc, printed);
      EXPECT_NEAR(terms.fva, expected[s].fva, printed);
      EXPECT_NEAR(terms.fdc, expected[s].fdc, printed);
      EXPECT_NEAR(terms.davax, expected[s].davax, printed);
      EXPECT_NEAR(terms.gvc(), expected[s].gvc, printed);
      EXPECT_NEAR(terms.gvc_backward(), expected[s].gvcb, printed);
      EXPECT_NEAR(terms.gvc_forward(), expected[s].gvcf, printed);
    }
  }

  LeontiefSystem system_;
  ExportBase base_;
};

TEST_F(Leather, NineTermsOfKoopmanWangWei) {
  std::array<std::array<double, 9>, 3> const expected{{
      {19.349405, 18.971193, 8.411491, 5.259501, 0.825972, 0.872395, 3.450595, 3.388617, 3.770832},
      {43.394614, 26.206777, 7.740053, 10.475795, 2.007578, 2.636936, 10.205386, 5.359698, 5.573163},
      {78.731008, 15.239670, 2.748464, 5.689669, 4.433592, 4.448180, 26.668992, 4.455024, 5.185401},
  }};
  auto const all = kww(base_);
  ASSERT_EQ(all.size(), 3U);
  for (std::size_t s = 0; s < 3; ++s) {
    double sum = 0;
    for (std::size_t k = 0; k < 9; ++k) {
      EXPECT_NEAR(all[s].terms[k], expected[s][k], printed) << "T" << k + 1 << " of " << s;
      sum += all[s].terms[k];
    }
    EXPECT_NEAR(sum, all[s].exports, 1e-12);
  }
}

TEST_F(Leather, SourceBasedTermsOfBorinMancini) { expect_country_terms(bm_source(base_).value()); }

TEST_F(Leather, SinkBasedTermsSumToTheSameTotals) {
  auto const detail = bm_sink(base_).value();
  expect_country_terms(detail);
  std::array<double, 3> const vaxim{36.903240, 68.197561, 93.326980};
  for (std::size_t s = 0; s < 3; ++s) {
    EXPECT_NEAR(detail.of_exporter(base_.space(), RegionId{s}).vaxim, vaxim[s], printed);
  }
}

TEST_F(Leather, SixteenTermsOfWangWeiZhuSumToEveryFlow) {
  auto const detail = wwz(base_, true).value();
  for (std::size_t i = 0; i < 9; ++i) {
    for (std::size_t r = 0; r < 3; ++r) {
      double sum = 0;
      for (auto const& term : detail.terms) sum += term(i, r);
      EXPECT_NEAR(sum, detail.exports(i, r), 1e-12);
      for (std::size_t k = 0; k < wwz_third_terms.size(); ++k) {
        double third = 0;
        for (std::size_t t = 0; t < 3; ++t) third += detail.by_third[k](i, r * 3 + t);
        EXPECT_NEAR(third, detail[wwz_third_terms[k]](i, r), 1e-13);
      }
    }
  }
}

TEST(Exports, NeedTwoRegions) {
  auto const system = LeontiefSystem::make(Economy::make(test::miller_blair()).value()).value();
  auto const base = export_base(system);
  ASSERT_FALSE(base.has_value());
  EXPECT_EQ(base.error().code, ErrorCode::missing_value);
}

}  // namespace
}  // namespace linchpin::depend
