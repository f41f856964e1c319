// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/check.h"

#include <algorithm>

#include "linchpin/table/rules/rule.h"
#include "linchpin/table/shape.h"

namespace linchpin {

Findings check_table(Table const& table, CheckOptions const& options) {
  Findings findings;
  if (auto const fits = check_shapes(table); !fits) {
    auto const note = [&](Error const& error) {
      findings.push_back(
          {"table_shape", Severity::error, error.where, 0.0, error.what, error.hint});
    };
    note(fits.error());
    for (auto const& error : fits.error().further) note(error);
    return findings;  // no other rule can read it
  }
  rules::check_labels(table, options, findings);
  auto const sums = rules::add_up(table);
  if (!sums.finite) {
    rules::check_finite(table, options, findings);
    rules::check_negative_flows(table, options, findings);
    return findings;  // sums with NaN in them say nothing
  }
  rules::check_negative_flows(table, options, findings);
  rules::check_balance(table, sums, options, findings);
  rules::check_value_added(table, sums, options, findings);
  rules::check_zero_output(table, sums, options, findings);
  rules::check_final_demand(table, options, findings);
  rules::check_empty_regions(table, sums, options, findings);
  rules::check_spectral_radius(table, sums, findings);
  return findings;
}

bool has_errors(Findings const& findings) noexcept {
  return std::any_of(findings.begin(), findings.end(),
                     [](Finding const& finding) { return finding.severity == Severity::error; });
}

Findings strict(Findings findings) {
  for (auto& finding : findings) finding.severity = Severity::error;
  return findings;
}

}  // namespace linchpin
