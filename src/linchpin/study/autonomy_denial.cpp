// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/autonomy_denial.h"

#include <utility>

#include "linchpin/core/contracts.h"

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
  tools.leakage = study.cut_off.leakage;
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

std::size_t worst_denied(std::vector<localize::PathYear> const& open,
                         std::vector<localize::PathYear> const& denied) {
  LINCHPIN_EXPECTS(!denied.empty() && open.size() >= denied.size());
  std::size_t worst = 0;
  for (std::size_t t = 1; t < denied.size(); ++t) {
    auto const lost = [&](std::size_t k) { return open[k].home_share - denied[k].home_share; };
    if (lost(t) > lost(worst)) worst = t;
  }
  return worst;
}

char const* denial_verdict(localize::PathYear const& open, localize::PathYear const& denied) {
  // Ten per cent more experience make a unit two or three per cent cheaper: below that nobody would
  // notice.
  constexpr double little_experience = 0.1, little_quality = 0.02;
  double const experience = denied.experience / open.experience - 1;
  double const quality = denied.quality / open.quality - 1;
  bool const more = experience > little_experience || quality > little_quality;
  bool const less = experience < -little_experience || quality < -little_quality;
  if (more && less) return "cuts both ways";
  if (more) return "backfires";
  return less ? "delays" : "changes little";
}

}  // namespace linchpin::study
