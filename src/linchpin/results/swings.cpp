// SPDX-License-Identifier: Apache-2.0
#include "linchpin/results/swings.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "linchpin/results/ensemble_summary.h"
#include "linchpin/results/row_writer.h"

namespace linchpin {
namespace {

// Below this many percentage points a swing is rounding of the model, not news.
constexpr double negligible = 1e-6;
constexpr char const* no_run = "the model does not run there";

std::string ends_words(std::vector<double> const& low, std::vector<double> const& high) {
  std::string words;
  for (std::size_t k = 0; k < low.size(); ++k) {
    words += fmt::format("{}{:.4g} to {:.4g}", k == 0 ? "" : ", ", low[k], high[k]);
  }
  return words;
}

std::string loss_words(std::optional<double> loss) {
  return loss ? fmt::format("{:.3f}", *loss + 0.0) : std::string{"(no run)"};
}

std::string joined(std::vector<double> const& values) {
  std::string words;
  for (double const each : values) words += fmt::format("{}{:g}", words.empty() ? "" : ", ", each);
  return words;
}

Json number_or_null(std::optional<double> value) { return value ? Json(*value) : Json(nullptr); }

Json swing_to_json(Swing const& swing, bool assumed) {
  bool const single = swing.members.size() == 1;
  Json entry = {{"parameter", swing.parameter}, {"meaning", swing.words}};
  if (!single) entry["members"] = swing.members;
  entry["low"] = single ? Json(swing.low.front()) : Json(swing.low);
  entry["high"] = single ? Json(swing.high.front()) : Json(swing.high);
  entry["at_low"] = number_or_null(swing.loss_at_low);
  if (!swing.loss_at_low) entry["at_low_reason"] = no_run;
  entry["at_high"] = number_or_null(swing.loss_at_high);
  if (!swing.loss_at_high) entry["at_high_reason"] = no_run;
  entry["swing"] = swing.swing;
  entry["status"] = assumed ? "assumption" : "given";
  return entry;
}

}  // namespace

std::string ledger_sentence(SwingSummary const& summary) {
  if (!summary.reason.empty()) {
    return fmt::format("What moves this result most is not known: {}.", summary.reason);
  }
  std::string words;
  auto const count = std::min(summary.swings.size(), ledger_length);
  for (std::size_t k = 0; k < count; ++k) {
    auto const& each = summary.swings[k];
    if (each.swing < negligible) break;
    words += fmt::format("{}{}, from {}: {} to {} % of final use lost", k == 0 ? "" : "; ",
                         each.words, ends_words(each.low, each.high), loss_words(each.loss_at_low),
                         loss_words(each.loss_at_high));
  }
  if (words.empty()) {
    return fmt::format("None of the {} numbers taken to be uncertain moves this result by itself.",
                       summary.swings.size());
  }
  return fmt::format("What moves this result most, one number at a time{}: {} (central {:.3f} %).",
                     summary.assumed ? " over ranges that are assumptions" : "", words,
                     summary.central + 0.0);
}

void add_swings(Json& document, SwingSummary const& summary) {
  document["ledger"] = ledger_sentence(summary);
  if (!summary.reason.empty()) {
    document["swings"] = nullptr;
    document["swings_reason"] = summary.reason;
    return;
  }
  document["ledger_of"] = {
      {"region", summary.focus}, {"measure", headline_measure}, {"central", summary.central}};
  Json list = Json::array();
  for (auto const& each : summary.swings) list.push_back(swing_to_json(each, summary.assumed));
  document["swings"] = std::move(list);
}

std::vector<ResultTable> swing_tables(std::span<SwingSummary const> summaries) {
  ResultTable table{
      "swings",
      "Which assumptions move the result most, one at a time",
      "Each number alone goes to the ends of its range, all others stay. Final use and value added "
      "are those of the region in focus. What numbers do together shows only in an ensemble.",
      true,
      {text_column("scenario", "Scenario", "Name of the scenario."),
       text_column("region", "Region", "The region in focus."),
       text_column("parameter", "Parameter", "Uncertain number, or correlation group."),
       text_column("meaning", "Meaning", "What it stands for."),
       text_column("low", "Low", "Lower end of its range."),
       text_column("high", "High", "Upper end of its range."),
       number_column("final_use_loss_pct_at_low", "Final use lost, low", "%",
                     "With the number at its lower end.", no_run),
       number_column("final_use_loss_pct", "Final use lost, central", "%", "In the central run."),
       number_column("final_use_loss_pct_at_high", "Final use lost, high", "%",
                     "With the number at its upper end.", no_run),
       number_column("swing", "Swing", "percentage points",
                     "Highest minus lowest of the three losses of final use."),
       number_column("value_added_loss_pct_at_low", "Value added lost, low", "%",
                     "With the number at its lower end.", no_run),
       number_column("value_added_loss_pct", "Value added lost, central", "%",
                     "In the central run."),
       number_column("value_added_loss_pct_at_high", "Value added lost, high", "%",
                     "With the number at its upper end.", no_run),
       text_column("status", "Status",
                   "Given by the study, or an assumption of the default set.")}};
  RowWriter row(table);
  for (auto const& summary : summaries) {
    for (auto const& each : summary.swings) {
      row << summary.scenario << summary.focus << each.parameter << each.words << joined(each.low)
          << joined(each.high) << each.loss_at_low << summary.central << each.loss_at_high
          << each.swing << each.value_added_loss_at_low << summary.central_value_added
          << each.value_added_loss_at_high << std::string{summary.assumed ? "assumption" : "given"};
    }
  }
  std::vector<ResultTable> tables;
  if (table.rows() > 0) tables.push_back(std::move(table));
  return tables;
}

}  // namespace linchpin
