// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/autonomy_denial.h"

#include <utility>

namespace linchpin::study {

Result<std::vector<DenialPath>> run_denials(AutonomyGround const& ground,
                                            std::span<double const> values,
                                            RunControl const& control) {
  using localize::InstrumentKind;
  auto const& study = *ground.study;
  auto each = autonomy_case(ground, values);
  if (!each) return fail(each.error());
  // Only the uncut path is read: the shortest cut-off costs least.
  each->cut_off.years = 1;
  double const strictness = study.cut_off.tool_control > 0 ? study.cut_off.tool_control : 1.0;
  localize::Instrument tools;
  tools.kind = InstrumentKind::tool_control;
  tools.from = study.first_year;
  tools.amount = strictness;
  localize::Instrument product;
  product.kind = InstrumentKind::product_control;
  product.from = study.first_year;
  product.amount = 1;
  product.leakage = study.cut_off.leakage;
  std::vector<DenialPath> result;
  using Denied = std::pair<char const*, std::vector<localize::Instrument>>;
  for (auto const& [name, controls] : {Denied{"tools", {tools}}, Denied{"the product", {product}},
                                       Denied{"both", {tools, product}}}) {
    auto denied = *each;
    denied.baseline.insert(denied.baseline.end(), controls.begin(), controls.end());
    auto curve = localize::autonomy_curve(denied, control, localize::PathDetail::own);
    if (!curve) return fail(curve.error());
    result.push_back({name, std::move(curve->with)});
  }
  return result;
}

char const* denial_verdict(localize::PathYear const& open, localize::PathYear const& denied) {
  constexpr double little = 0.01;
  double const experience = denied.experience / open.experience - 1;
  double const quality = denied.quality / open.quality - 1;
  bool const more = experience > little || quality > little;
  bool const less = experience < -little || quality < -little;
  if (more && less) return "cuts both ways";
  if (more) return "backfires";
  return less ? "delays" : "changes little";
}

}  // namespace linchpin::study
