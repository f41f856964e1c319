// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/retaliation.h"

#include <algorithm>
#include <optional>

namespace linchpin::study {
namespace {

bool names(std::vector<RegionId> const& regions, RegionId region) {
  return std::find(regions.begin(), regions.end(), region) != regions.end();
}

bool buys(Cut const& cut, IndustrySpace const& space, RegionId region) {
  return names(cut.buyers, region) ||
         std::any_of(cut.buyer_industries.begin(), cut.buyer_industries.end(),
                     [&](IndustryId each) { return space.region_of(each) == region; });
}

/// True if `cut` is an act of the rule's attacker against its victim.
bool triggers(Cut const& cut, RetaliationRule const& rule, IndustrySpace const& space) {
  if (cut.course.share <= 0 || cut.kind == CutKind::closure) return false;
  if (cut.kind == CutKind::import_ban) {
    return buys(cut, space, rule.attacker) && names(cut.sellers, rule.victim);
  }
  return names(cut.sellers, rule.attacker) && buys(cut, space, rule.victim);
}

/// The answer of `rule` to `trigger`.
Cut answer_to(Cut const& trigger, RetaliationRule const& rule) {
  auto cut = rule.answer;
  // Long chains of answers would leave the range of days; no run is that long.
  constexpr int latest_day = 1'000'000;
  cut.course.from_day = std::min(trigger.course.from_day + rule.after_days, latest_day);
  if (rule.until_lifted) cut.course.to_day = trigger.course.to_day;
  return cut;
}

/// False if the answer would end before it begins: then nothing is answered.
bool lasts(Cut const& cut) {
  return cut.course.to_day < 0 || cut.course.to_day > cut.course.from_day;
}

}  // namespace

Retaliations retaliate(std::vector<RetaliationRule> const& rules, std::vector<Cut> const& cuts,
                       IndustrySpace const& space) {
  Retaliations result;
  auto acts = cuts;
  std::vector<bool> fired(rules.size(), false);
  std::vector<std::size_t> rule_of_act(cuts.size(), rules.size());
  while (true) {
    std::optional<Retaliation> next;
    for (std::size_t k = 0; k < rules.size(); ++k) {
      if (fired[k]) continue;
      for (auto const& act : acts) {
        if (!triggers(act, rules[k], space)) continue;
        auto cut = answer_to(act, rules[k]);
        bool const earlier = !next || cut.course.from_day < next->cut.course.from_day;
        if (lasts(cut) && earlier) next = Retaliation{k, std::move(cut)};
      }
    }
    if (!next) break;
    fired[next->rule] = true;
    acts.push_back(next->cut);
    rule_of_act.push_back(next->rule);
    result.fired.push_back(std::move(*next));
  }
  for (std::size_t k = 0; k < rules.size(); ++k) {
    if (!fired[k]) {
      result.idle.push_back(k);
      continue;
    }
    // An answer that comes after this rule's own and would trigger it anew: a loop.
    auto const own = static_cast<std::size_t>(
        std::find(rule_of_act.begin(), rule_of_act.end(), k) - rule_of_act.begin());
    for (auto a = own + 1; a < acts.size(); ++a) {
      if (!triggers(acts[a], rules[k], space)) continue;
      result.silenced.push_back(k);
      break;
    }
  }
  return result;
}

}  // namespace linchpin::study
