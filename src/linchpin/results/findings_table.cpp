// SPDX-License-Identifier: Apache-2.0
#include "linchpin/results/findings_table.h"

#include <cmath>
#include <optional>

#include "linchpin/results/row_writer.h"

namespace linchpin {

ResultTable findings_table(Findings const& findings) {
  ResultTable table{
      "findings",
      "What the checks of the table found",
      "The same checks as `linchpin table check`; at most 20 findings of each rule.",
      true,
      {text_column("rule", "Check", "Short name of the check."),
       text_column("severity", "Severity", "error or warning."),
       text_column("where", "Where", "Label of the industry, region or cell."),
       number_column("value", "Value", "", "Size of the fault, in the unit the text names.",
                     "a cell of the table is not a finite number"),
       text_column("hint", "What to try", "What to try about it."),
       text_column("what", "What", "One sentence with the numbers.")}};
  RowWriter row(table);
  for (auto const severity : {Severity::error, Severity::warning}) {
    for (auto const& each : findings) {
      if (each.severity != severity) continue;
      row << each.rule << std::string{severity == Severity::error ? "error" : "warning"}
          << each.where
          << (std::isfinite(each.value) ? std::optional<double>{each.value} : std::nullopt)
          << each.hint << each.what;
    }
  }
  return table;
}

}  // namespace linchpin
