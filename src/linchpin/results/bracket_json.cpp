// SPDX-License-Identifier: Apache-2.0
#include "linchpin/results/bracket_json.h"

#include <fmt/format.h>

namespace linchpin {

void add_bracket(Json& document, IndustrySpace const& space,
                 disrupt::BracketAnswer const& answer) {
  if (!answer.bracket) {
    document["bracket"] = nullptr;
    document["bracket_reason"] = answer.reason;
    document["order_violations"] = 0;
    return;
  }
  auto const& bracket = *answer.bracket;
  Json entry = {{"measure", "final_use_loss_pct"},
                {"horizon_days", bracket.bounds.days},
                {"best", bracket.bounds.best},
                {"central", bracket.central},
                {"worst", bracket.bounds.worst},
                {"worst_by_seller", bracket.bounds.worst_by_seller},
                {"best_world", bracket.bounds.best_world},
                {"worst_world", bracket.bounds.worst_world}};
  for (auto const& each : {best_words, central_words, worst_words, by_seller_words}) {
    entry["assumptions"][each.name] = each.rests_on;
  }
  entry["left_out"] = bracket.bounds.left_out;
  if (!bracket.outside_bracket.empty()) entry["outside_bracket"] = bracket.outside_bracket;
  document["bracket"] = Json::object();
  document["bracket"][space.label(bracket.region)] = std::move(entry);
  document["order_violations"] = bracket.outside_bracket.empty() ? 0 : 1;
}

std::string bracket_words(IndustrySpace const& space, disrupt::BracketAnswer const& answer) {
  if (!answer.bracket) return fmt::format("No bracket: {}.", answer.reason);
  auto const& bracket = *answer.bracket;
  return fmt::format(
      "Final use of {} over {} days: best {:.3f} .. central {:.3f} .. worst {:.3f} % lost ({:.3f} % if "
      "no seller can stand in for another).",
      space.name(bracket.region), bracket.bounds.days, bracket.bounds.best, bracket.central,
      bracket.bounds.worst, bracket.bounds.worst_by_seller);
}

std::string outside_words(IndustrySpace const& space, disrupt::BracketAnswer const& answer) {
  if (!answer.bracket || answer.bracket->outside_bracket.empty()) return {};
  auto const& bracket = *answer.bracket;
  return fmt::format(
      "the loss of final use of {} ({:.3f} %) is outside the bracket of {:.3f} to {:.3f} %: {}",
      space.name(bracket.region), bracket.central, bracket.bounds.best, bracket.bounds.worst,
      bracket.outside_bracket);
}

}  // namespace linchpin
