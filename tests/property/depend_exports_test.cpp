// SPDX-License-Identifier: Apache-2.0
// Value added in exports on made-up worlds against the formulas as their authors write them, with a
// fresh inverse wherever there is one (tests/reference/exports_plain.cpp).
#include <gtest/gtest.h>

#include <string>

#include "linchpin/depend/exports/borin_mancini.h"
#include "linchpin/depend/exports/kww.h"
#include "linchpin/depend/exports/perspectives.h"
#include "linchpin/depend/exports/wwz.h"
#include "reference/exports_plain.h"
#include "support/random_economy.h"

namespace linchpin::depend {
namespace {

using reference::PlainExports;
using Row = PlainExports::Row;
using Column = PlainExports::Column;

struct Shape {
  std::size_t regions, sectors, zero_output;
  double inventory_change;
};

class ExportsOfRandomWorlds : public testing::TestWithParam<std::tuple<Shape, std::uint64_t>> {
 protected:
  static Economy economy() {
    auto const& [shape, seed] = GetParam();
    return test::random_economy({.regions = shape.regions,
                                 .sectors = shape.sectors,
                                 .seed = Seed{seed},
                                 .domestic_share = 0.6,
                                 .zero_share = 0.1,
                                 .zero_output = shape.zero_output,
                                 .inventory_change = shape.inventory_change});
  }

  /// Elements of `values` x E_sr against ours, relative to world exports.
  void expect_flow(int s, int r, Column const& expected, DenseMatrix const& ours,
                   char const* name) const {
    for (int i = 0; i < plain_.N; ++i) {
      auto const row = static_cast<std::size_t>(s * plain_.N + i);
      ASSERT_NEAR(ours(row, static_cast<std::size_t>(r)), expected(i), tolerance_)
          << name << " of " << s << " to " << r << ", sector " << i;
    }
  }

  LeontiefSystem system_ = LeontiefSystem::make(economy()).value();
  ExportBase base_ = export_base(system_).value();
  PlainExports plain_{system_.economy()};
  double tolerance_ = 1e-12 * plain_.x.sum();
};

Column times(Row const& row, Column const& column) { return row.transpose().cwiseProduct(column); }

TEST_P(ExportsOfRandomWorlds, SourceBasedTermsAreThoseOfTheFormulas) {
  auto const& p = plain_;
  auto const ours = bm_source(base_).value();
  for (int s = 0; s < p.G; ++s) {
    auto const Bs = p.without_exports(s);
    Row const VL = p.V(s) * p.local(s), VB = p.own(p.B, s);
    Row const once = p.foreign(Bs, s), all = p.foreign(p.B, s);
    for (int r = 0; r < p.G; ++r) {
      if (r == s) continue;
      Column vax = p.Y_of(s, r), ref = Column::Zero(p.N), importer = p.Y_of(s, r);
      for (int j = 0; j < p.G; ++j) {
        for (int k = 0; k < p.G; ++k) {
          Column const sold = p.block(p.A, s, r) * p.block(p.B, r, j) * p.Y_of(j, k);
          (k == s ? ref : vax) += sold;
          if (k == r) importer += sold;
        }
      }
      auto const E = p.exports(s, r);
      expect_flow(s, r, E, ours.exports, "exports");
      expect_flow(s, r, times(VL, vax), ours.vax, "VAX");
      expect_flow(s, r, times(VL, ref), ours.ref, "REF");
      expect_flow(s, r, times(VL, importer), ours.vaxim, "VAXIM");
      expect_flow(s, r, times(VB - VL, E), ours.ddc, "DDC");
      expect_flow(s, r, times(once, E), ours.fva, "FVA");
      expect_flow(s, r, times(all - once, E), ours.fdc, "FDC");
      Column const direct = p.Y_of(s, r) + p.block(p.A, s, r) * p.local(r) * p.Y_of(r, r);
      expect_flow(s, r, times(VL, direct), ours.davax, "DAVAX");
    }
  }
}

TEST_P(ExportsOfRandomWorlds, SinkBasedTermsAreThoseOfTheFormulas) {
  auto const& p = plain_;
  auto const ours = bm_sink(base_).value();
  for (int s = 0; s < p.G; ++s) {
    auto const Bs = p.without_exports(s);
    Row const VB = p.own(p.B, s), all = p.foreign(p.B, s);
    for (int r = 0; r < p.G; ++r) {
      if (r == s) continue;
      Column vax = p.Y_of(s, r), ref = Column::Zero(p.N), importer = p.Y_of(s, r);
      for (int j = 0; j < p.G; ++j) {
        for (int k = 0; k < p.G; ++k) {
          if (j == s && k != s) continue;  // exports of s are counted where they leave
          Column const sold = p.block(p.A, s, r) * p.block(Bs, r, j) * p.Y_of(j, k);
          (k == s ? ref : vax) += sold;
          if (k == r) importer += sold;
        }
      }
      Column const again = p.block(p.A, s, r) * p.block(Bs, r, s) * p.exports(s);
      expect_flow(s, r, times(VB, vax), ours.vax, "VAX");
      expect_flow(s, r, times(VB, ref), ours.ref, "REF");
      expect_flow(s, r, times(VB, importer), ours.vaxim, "VAXIM");
      expect_flow(s, r, times(VB, again), ours.ddc, "DDC");
      expect_flow(s, r, times(all, vax + ref), ours.fva, "FVA");
      expect_flow(s, r, times(all, again), ours.fdc, "FDC");
    }
  }
}

TEST_P(ExportsOfRandomWorlds, BothApproachesHaveTheSameCountryTotals) {
  auto const source = bm_source(base_).value(), sink = bm_sink(base_).value();
  auto const nine = kww(base_);
  for (std::size_t s = 0; s < base_.space().regions(); ++s) {
    auto const a = source.of_exporter(base_.space(), RegionId{s});
    auto const b = sink.of_exporter(base_.space(), RegionId{s});
    EXPECT_NEAR(a.vax, b.vax, tolerance_);
    EXPECT_NEAR(a.ref, b.ref, tolerance_);
    EXPECT_NEAR(a.ddc, b.ddc, tolerance_);
    EXPECT_NEAR(a.fva, b.fva, tolerance_);
    EXPECT_NEAR(a.fdc, b.fdc, tolerance_);
    EXPECT_NEAR(a.vax, nine[s].value_added_exports(), tolerance_);
    EXPECT_NEAR(a.ref, nine[s].reflection(), tolerance_);
    EXPECT_NEAR(a.ddc, nine[s].terms[5], tolerance_);
    EXPECT_NEAR(a.fc(), nine[s].terms[6] + nine[s].terms[7] + nine[s].terms[8], tolerance_);
    EXPECT_NEAR(a.dc() + a.fc(), a.exports, tolerance_);
  }
}

TEST_P(ExportsOfRandomWorlds, NineTermsAreThoseOfTheFormulas) {
  auto const& p = plain_;
  auto const ours = kww(base_);
  for (int s = 0; s < p.G; ++s) {
    Row const foreign = p.foreign(p.B, s), own = p.own(p.B, s);
    std::array<double, 9> T{};
    for (int r = 0; r < p.G; ++r) {
      if (r == s) continue;
      Row const sr = p.V(s) * p.block(p.B, s, r);
      Row const back = sr * p.block(p.A, r, s) * p.local(s);
      Column third = Column::Zero(p.N);
      for (int t = 0; t < p.G; ++t) {
        if (t != s && t != r) third += p.Y_of(r, t);
      }
      T[0] += own.dot(p.Y_of(s, r).transpose());
      T[1] += sr * p.Y_of(r, r);
      T[2] += sr * third;
      T[3] += sr * p.Y_of(r, s);
      T[4] += back * p.Y_of(s, s);
      T[5] += back * p.exports(s);
      T[6] += foreign * p.Y_of(s, r);
      T[7] += foreign * p.block(p.A, s, r) * p.local(r) * p.Y_of(r, r);
      T[8] += foreign * p.block(p.A, s, r) * p.local(r) * p.exports(r);
    }
    for (std::size_t k = 0; k < 9; ++k) {
      EXPECT_NEAR(ours[static_cast<std::size_t>(s)].terms[k], T[k], tolerance_) << "T" << k + 1;
    }
  }
}

TEST_P(ExportsOfRandomWorlds, SixteenTermsAreThoseOfTheFormulas) {
  using enum WwzTerm;
  auto const& p = plain_;
  auto const ours = wwz(base_, false).value();
  for (int s = 0; s < p.G; ++s) {
    Row const VL = p.V(s) * p.local(s), VB = p.own(p.B, s);
    for (int r = 0; r < p.G; ++r) {
      if (r == s) continue;
      auto const A = p.block(p.A, s, r);
      Column i1 = Column::Zero(p.N), f = i1, i2 = i1, rdv = i1, from_s = i1;
      Row others = Row::Zero(p.N);
      for (int t = 0; t < p.G; ++t) {
        if (t != s) from_s += p.block(p.B, r, s) * p.Y_of(s, t);
        if (t == s || t == r) continue;
        i1 += p.block(p.B, r, t) * p.Y_of(t, t);
        f += p.block(p.B, r, r) * p.Y_of(r, t);
        rdv += p.block(p.B, r, t) * p.Y_of(t, s);
        for (int u = 0; u < p.G; ++u) {
          if (u != s && u != t) i2 += p.block(p.B, r, t) * p.Y_of(t, u);
        }
        others += p.V(t) * p.block(p.B, t, s);
      }
      Row const importer = p.V(r) * p.block(p.B, r, s);
      Column const local = A * p.local(r) * p.Y_of(r, r), sent = A * p.local(r) * p.exports(r);
      expect_flow(s, r, times(VB, p.Y_of(s, r)), ours[dva_fin], "DVA_FIN");
      expect_flow(s, r, times(VL, A * p.block(p.B, r, r) * p.Y_of(r, r)), ours[dva_int], "DVA_INT");
      expect_flow(s, r, times(VL, A * i1), ours[dva_intrex_i1], "DVA_INTrexI1");
      expect_flow(s, r, times(VL, A * f), ours[dva_intrex_f], "DVA_INTrexF");
      expect_flow(s, r, times(VL, A * i2), ours[dva_intrex_i2], "DVA_INTrexI2");
      expect_flow(s, r, times(VL, A * p.block(p.B, r, s) * p.Y_of(s, s)), ours[rdv_int], "RDV_INT");
      expect_flow(s, r, times(VL, A * p.block(p.B, r, r) * p.Y_of(r, s)), ours[rdv_fin], "RDV_FIN");
      expect_flow(s, r, times(VL, A * rdv), ours[rdv_fin2], "RDV_FIN2");
      expect_flow(s, r, times(others, p.Y_of(s, r)), ours[ova_fin], "OVA_FIN");
      expect_flow(s, r, times(importer, p.Y_of(s, r)), ours[mva_fin], "MVA_FIN");
      expect_flow(s, r, times(others, local), ours[ova_int], "OVA_INT");
      expect_flow(s, r, times(importer, local), ours[mva_int], "MVA_INT");
      expect_flow(s, r, times(VL, A * from_s), ours[ddc_fin], "DDC_FIN");
      expect_flow(s, r, times(VB - VL, A * p.x.segment(r * p.N, p.N)), ours[ddc_int], "DDC_INT");
      expect_flow(s, r, times(others, sent), ours[odc], "ODC");
      expect_flow(s, r, times(importer, sent), ours[mdc], "MDC");
    }
  }
}

TEST_P(ExportsOfRandomWorlds, PerspectivesAreThoseOfTheFormulas) {
  using enum Perspective;
  auto const& p = plain_;
  auto const ours = bm_perspectives(base_).value();
  auto const of = [&](Perspective which) -> PerspectiveTerms const& {
    return ours[static_cast<std::size_t>(which)];
  };
  double first_time = 0, last_time = 0;
  for (int r = 0; r < p.G; ++r) {
    std::vector<std::pair<int, int>> into_r;
    for (int t = 0; t < p.G; ++t) {
      if (t != r) into_r.emplace_back(t, r);
    }
    auto const imported = p.inverse_without(into_r);
    for (int s = 0; s < p.G; ++s) {
      if (s == r) continue;
      auto const E = p.exports(s, r);
      auto const flow = p.inverse_without({{s, r}});
      expect_flow(s, r, times(p.own(flow, s), E), of(bilateral).dva, "bilateral DVA");
      expect_flow(s, r, times(p.foreign(flow, s), E), of(bilateral).fva, "bilateral FVA");
      expect_flow(s, r, times(p.own(imported, s), E), of(importer).dva, "importer DVA");
      expect_flow(s, r, times(p.foreign(imported, s), E), of(importer).fva, "importer FVA");
      for (auto const& terms : ours) {
        for (int i = 0; i < p.N; ++i) {
          auto const row = static_cast<std::size_t>(s * p.N + i);
          auto const column = static_cast<std::size_t>(r);
          EXPECT_NEAR(terms.dva(row, column) + terms.ddc(row, column) + terms.fva(row, column) +
                          terms.fdc(row, column),
                      E(i), tolerance_);
        }
      }
      for (int i = 0; i < p.N; ++i) {
        auto const row = static_cast<std::size_t>(s * p.N + i);
        auto const column = static_cast<std::size_t>(r);
        first_time += of(world_source).dva(row, column) + of(world_source).fva(row, column);
        last_time += of(world_sink).dva(row, column) + of(world_sink).fva(row, column);
      }
    }
  }
  EXPECT_NEAR(first_time, last_time, 10 * tolerance_);
}

INSTANTIATE_TEST_SUITE_P(
    Depend, ExportsOfRandomWorlds,
    testing::Combine(testing::Values(Shape{2, 3, 0, 0.0}, Shape{4, 3, 0, 0.0}, Shape{5, 4, 2, 0.0},
                                     Shape{3, 6, 1, 0.3}),
                     testing::Values(1, 2, 3)));

}  // namespace
}  // namespace linchpin::depend
