// SPDX-License-Identifier: Apache-2.0
#include "linchpin/depend/exports/kww.h"

#include <algorithm>

namespace linchpin::depend {
namespace {

/// sum_(r != s) A_sr X_r for the industries of every exporter: n entries.
DenseVector sold_abroad(ExportBase const& base, DenseVector const& X) {
  auto const& system = base.system;
  auto const n = system.size();
  DenseVector scaled(n), result(n, 0.0);
  for (std::size_t j = 0; j < n; ++j) scaled[j] = X[j] * system.inverse_output()[j];
  for (std::size_t i = 0; i < n; ++i) {
    auto const home = base.space().region_of(IndustryId{i}).index();
    auto const flows = system.economy().flows().row(IndustryId{i});
    double sum = 0;
    for (std::size_t j = 0; j < base.first(home); ++j) sum += flows[j] * scaled[j];
    for (std::size_t j = base.last(home); j < n; ++j) sum += flows[j] * scaled[j];
    result[i] = sum;
  }
  return result;
}

}  // namespace

std::vector<KwwTerms> kww(ExportBase const& base) {
  auto const n = base.system.size(), G = base.space().regions();
  auto const final_use = base.system.final_use();
  auto const local_final_inputs = sold_abroad(base, base.local_final);
  auto const local_export_inputs = sold_abroad(base, base.local_exports);
  std::vector<KwwTerms> result(G);
  for (std::size_t s = 0; s < G; ++s) {
    auto& T = result[s].terms;
    RegionId const exporter{s};
    auto const content = base.content.row(s);
    for (std::size_t i = base.first(s); i < base.last(s); ++i) {
      IndustryId const industry{i};
      double final_exports = 0;
      for (std::size_t r = 0; r < G; ++r) {
        if (r != s) final_exports += final_use(industry, RegionId{r});
      }
      double const returning = content[i] - base.local_content[i];
      double const foreign = base.foreign_content(i);
      T[0] += content[i] * final_exports;
      T[4] += returning * final_use(industry, exporter);
      T[5] += returning * base.total_exports[i];
      T[6] += foreign * final_exports;
      T[7] += foreign * local_final_inputs[i];
      T[8] += foreign * local_export_inputs[i];
      result[s].exports += base.total_exports[i];
    }
    for (std::size_t j = 0; j < n; ++j) {
      IndustryId const industry{j};
      auto const r = base.space().region_of(industry).index();
      if (r == s) continue;
      double third = 0;
      for (std::size_t t = 0; t < G; ++t) {
        if (t != s && t != r) third += final_use(industry, RegionId{t});
      }
      T[1] += content[j] * final_use(industry, RegionId{r});
      T[2] += content[j] * third;
      T[3] += content[j] * final_use(industry, exporter);
    }
  }
  return result;
}

}  // namespace linchpin::depend
