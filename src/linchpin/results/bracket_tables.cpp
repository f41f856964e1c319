// SPDX-License-Identifier: Apache-2.0
#include "linchpin/results/bracket_tables.h"

#include <fmt/format.h>

#include <optional>

#include "linchpin/results/bracket_json.h"
#include "linchpin/results/row_writer.h"

namespace linchpin {

ResultTable bracket_table(IndustrySpace const& space, std::span<ScenarioBracket const> brackets) {
  auto const loss = [](char const* name, char const* title, CaseWords const& words) {
    return number_column(name, title, "%", fmt::format("Loss of final use. {}.", words.rests_on),
                         "no bracket was computed");
  };
  ResultTable table{
      "bracket",
      "Between free re-sourcing and none",
      "Static bounds beside the daily model, the same horizon, capacities and stocks. The daily "
      "model is not clamped; where it leaves the bounds the last column says why.",
      true,
      {text_column("scenario", "Scenario", "Name of the scenario."),
       text_column("region", "Region", "Region whose final use is bounded."),
       loss("best_pct", "Best case", best_words), loss("central_pct", "Daily model", central_words),
       loss("worst_pct", "Worst case", worst_words),
       loss("worst_by_seller_pct", "Worst, by seller", by_seller_words),
       text_column("outside_bracket", "Outside",
                   "Why the daily model leaves the bounds, or why there are none; else empty.")}};
  RowWriter row(table);
  using Number = std::optional<double>;
  for (auto const& each : brackets) {
    auto const& bracket = each.answer.bracket;
    if (!bracket) {
      row << each.scenario << std::string{} << Number{} << Number{} << Number{} << Number{}
          << each.answer.reason;
      continue;
    }
    row << each.scenario << space.label(bracket->region) << Number{bracket->bounds.best}
        << Number{bracket->central} << Number{bracket->bounds.worst}
        << Number{bracket->bounds.worst_by_seller} << bracket->outside_bracket;
  }
  return table;
}

}  // namespace linchpin
